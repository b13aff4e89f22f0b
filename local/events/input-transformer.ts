/** How an event becomes what a target is given. `rule` is for the variables that EventBridge predefines. */
export type Transform = (event: Record<string, unknown>, rule: RuleNames) => string;

export interface RuleNames {
  name: string;
  arn: string;
  /** RFC 3339, when the bus took the event. */
  ingestedAt: string;
}

export interface TargetInput {
  Input?: string | undefined;
  InputPath?: string | undefined;
  InputTransformer?:
    | { InputPathsMap?: Record<string, string> | undefined; InputTemplate: string }
    | undefined;
}

/** By default the event itself. What cannot be found by a path leaves nothing behind. */
export function targetInput({ Input, InputPath, InputTransformer }: TargetInput): Transform {
  if (Input !== undefined) return () => Input;
  if (InputPath !== undefined) return (event) => JSON.stringify(valueAt(event, InputPath)) ?? '';
  if (!InputTransformer) return (event) => JSON.stringify(event);
  const { InputPathsMap = {}, InputTemplate } = InputTransformer;
  return (event, rule) => fillTemplate(InputTemplate, variables(event, InputPathsMap, rule));
}

function variables(
  event: Record<string, unknown>,
  paths: Record<string, string>,
  { name, arn, ingestedAt }: RuleNames,
): ReadonlyMap<string, unknown> {
  const { detail: _, ...withoutDetail } = event;
  return new Map<string, unknown>([
    ...Object.entries(paths).map(([variable, path]) => [variable, valueAt(event, path)] as const),
    ['aws.events.rule-arn', arn],
    ['aws.events.rule-name', name],
    ['aws.events.event.ingestion-time', ingestedAt],
    ['aws.events.event', withoutDetail],
    ['aws.events.event.json', event],
  ]);
}

/**
 * Puts values in the place of `<name>`: as text within quotes, which are not escaped there, and as JSON outside of
 * them. A template that is no JSON (a text without quotes) gets them as text. Quotes around a text stay, also where a
 * person reads it: EventBridge leaves them too.
 */
function fillTemplate(template: string, values: ReadonlyMap<string, unknown>): string {
  const asJson = /^\s*["[{<]/.test(template);
  let quoted = false;
  const filled = template.replace(/\\.|"|<([\w.-]+)>/gs, (part, name: string | undefined) => {
    if (part === '"') quoted = !quoted;
    if (name === undefined || !values.has(name)) return part;
    const value = values.get(name);
    return quoted || !asJson ? asText(value) : (JSON.stringify(value) ?? '');
  });
  return minified(filled);
}

function asText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function minified(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}

/** JSON paths as EventBridge reads them: `$`, `.name`, `[0]` and `[*]`. */
export function valueAt(event: unknown, path: string): unknown {
  const steps = path.replace(/^\$\.?/, '').match(/[^.[\]]+|\[(?:\d+|\*)\]/g) ?? [];
  return steps.reduce<unknown>(step, event);
}

function step(value: unknown, name: string): unknown {
  if (name === '[*]') return value;
  const index = /^\[(\d+)\]$/.exec(name)?.[1];
  if (index !== undefined) return Array.isArray(value) ? value[Number(index)] : undefined;
  if (Array.isArray(value)) return value.map((item) => step(item, name)).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Record<string, unknown>)[name];
}

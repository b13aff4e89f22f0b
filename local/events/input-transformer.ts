import { Problem } from '../problem.ts';

export interface InputTransformer {
  /** Variable → path in the event. */
  InputPathsMap: Record<string, string>;
  InputTemplate: string;
}

/** Makes the message for a target from an event. */
export type Transform = (event: unknown) => string;

/** One or more lines, each a quoted text. */
const QUOTED_LINES = /^"(?:\\.|[^"\\])*"(?:\n"(?:\\.|[^"\\])*")*$/;
const VARIABLE = /<([\w.-]+)>/g;

/**
 * Compiles an input transformer whose template is quoted text. EventBridge keeps the quotes in the message, and puts
 * the value of a variable between them as it is; a path without a value leaves nothing behind.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 * @throws Problem for any other template, variable or path
 */
export function inputTransformer({ InputPathsMap, InputTemplate }: InputTransformer): Transform {
  if (!QUOTED_LINES.test(InputTemplate)) throw unsupported('template', InputTemplate);
  const paths = new Map(Object.entries(InputPathsMap).map(([name, path]) => [name, fieldsOf(path)]));
  for (const [variable, name = ''] of InputTemplate.matchAll(VARIABLE)) {
    if (!paths.has(name)) throw unsupported('variable', variable);
  }
  return (event) =>
    InputTemplate.replaceAll(VARIABLE, (_, name: string) => textOf(valueAt(event, paths.get(name) ?? [])));
}

/** The names in a path such as `$.detail.redraw.stage`. */
function fieldsOf(path: string): string[] {
  if (!/^\$(?:\.[\w-]+)+$/.test(path)) throw unsupported('path', path);
  return path.split('.').slice(1);
}

function valueAt(event: unknown, fields: readonly string[]): unknown {
  return fields.reduce<unknown>((value, field) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined;
    return (value as Record<string, unknown>)[field];
  }, event);
}

function textOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function unsupported(part: string, text: string): Problem {
  return new Problem(`The local run does not support the ${part} ${text} of an input transformer.`);
}

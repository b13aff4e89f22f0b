import { Problem } from '../../../lib/problems/problem.ts';

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
 * Compiles an input transformer whose template is quoted text or a JSON object. EventBridge keeps the quotes of a text in the
 * message, and puts the value of a variable between them as it is; a path without a value leaves nothing behind. A
 * variable in an object stands for a whole value.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 * @throws Problem for any other template, variable or path
 */
export function inputTransformer({ InputPathsMap, InputTemplate }: InputTransformer): Transform {
  const isObject = isJsonObject(InputTemplate);
  if (!isObject && !QUOTED_LINES.test(InputTemplate)) throw unsupported('template', InputTemplate);
  const paths = new Map(Object.entries(InputPathsMap).map(([name, path]) => [name, fieldsOf(path)]));
  for (const [variable, name = ''] of InputTemplate.matchAll(VARIABLE)) {
    if (!paths.has(name)) throw unsupported('variable', variable);
  }
  return (event) =>
    InputTemplate.replaceAll(VARIABLE, (_, name: string) => {
      const value = valueAt(event, paths.get(name) ?? []);
      return isObject ? jsonOf(value, name) : textOf(value);
    });
}

/** A variable replaces a whole value. Inside a string, its quotes would end the string. */
function isJsonObject(template: string): boolean {
  try {
    return template.startsWith('{') && JSON.parse(template.replaceAll(VARIABLE, '""')) !== null;
  } catch {
    return false;
  }
}

/** AWS does not document the result of a path without a value in an object. */
function jsonOf(value: unknown, name: string): string {
  if (value === undefined) throw new Error(`The event has no value for <${name}>.`);
  return JSON.stringify(value);
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

import { type Command, InvalidArgumentError, Option } from 'commander';
import manifest from '../../cdk.json' with { type: 'json' };

/** Options of several commands. Each is declared here once. */
export interface StageOptions {
  readonly stage?: string;
  readonly context: Readonly<Record<string, string>>;
}

export interface DeploymentOptions extends StageOptions {
  readonly url?: string;
}

/** Adds the options that name a stage and its settings. */
export function forStage(command: Command): Command {
  return command
    .addOption(new Option('--stage <stage>', 'the stage; by default the one in cdk.json, or prod'))
    .addOption(
      new Option('-c, --context <key=value>', 'a setting that you deploy with; can be repeated')
        .argParser(keyValues)
        .default({}, 'what cdk.json and the stage have'),
    );
}

/** Adds the options that name a deployed stage, or the stack of `npm start`. */
export function forDeployment(command: Command): Command {
  return forStage(command).addOption(
    new Option(
      '--url <url>',
      'the API, instead of the output ApiUrl; that of npm start is http://127.0.0.1:8787',
    ).argParser(httpUrl),
  );
}

export const jsonOption = () => new Option('--json', 'print JSON');

/** The context of the CDK app: what cdk.json and the options say. */
export function contextOf({ stage, context }: StageOptions): Readonly<Record<string, unknown>> {
  return { ...manifest.context, ...context, ...(stage && { 'redraw-tracker:stage': stage }) };
}

/** Collects the values of an option such as `-c <key>=<value>`. A value can contain `=` too. */
export function keyValues(text: string, before: Readonly<Record<string, string>> = {}) {
  const end = text.indexOf('=');
  if (end < 1) throw new InvalidArgumentError('It must be <key>=<value>.');
  return { ...before, [text.slice(0, end)]: text.slice(end + 1) };
}

/** Collects the values of an option that can be repeated. */
export const collect = (value: string, before: readonly string[] = []) => [...before, value];

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}

/** @returns the text as it is */
export function instant(text: string): string {
  if (
    !/^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) ||
    !/(Z|[+-]\d\d:\d\d)$/.test(text) ||
    Number.isNaN(Date.parse(text))
  )
    throw new InvalidArgumentError('It must be a time like 2026-11-23T08:00:00Z.');
  return text;
}

function httpUrl(text: string): string {
  if (!/^https?:$/.test(URL.parse(text)?.protocol ?? ''))
    throw new InvalidArgumentError('It must be an http or https URL.');
  return text;
}

import type { SynthesizedStack } from '../../synthesized-stack.ts';

/** The properties of the alarms of a stack. */
// biome-ignore lint/suspicious/noExplicitAny: a template is JSON of any form; the assertions check it
export function alarmsOf(stack: SynthesizedStack): any[] {
  return Object.values(stack.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
}

/** The texts of alarms and notifications. */
export function textsOf(stack: SynthesizedStack): string[] {
  const notices = Object.values(stack.ofType('AWS::Events::Rule'))
    .flatMap(({ Properties }) => Properties.Targets)
    .flatMap(({ InputTransformer }) => InputTransformer?.InputTemplate ?? [])
    // An object is the input of a function.
    .filter((template) => !template.startsWith('{'));
  return [...alarmsOf(stack).map(({ AlarmDescription }) => JSON.stringify(AlarmDescription)), ...notices];
}

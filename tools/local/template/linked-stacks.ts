import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';

const templateSchema = z.object({
  Resources: z.record(z.string(), z.unknown()),
  Outputs: z.record(z.string(), z.object({ Value: z.unknown() })).default({}),
});

const stackOutputSchema = z.object({ StackName: z.string(), OutputName: z.string() });

export interface DeployedStack {
  /** As CloudFormation knows it. */
  stackName: string;
  template: unknown;
}

export interface LinkedTemplate {
  Resources: Record<string, unknown>;
  /** Of all stacks; where two have one of the same name, that of the later stack. */
  Outputs: Record<string, { Value: unknown }>;
}

/**
 * Makes one template of the stacks of an app, as if all resources were in the same stack. References to outputs of another
 * stack become references to its resources, unless that stack is not among these.
 *
 * @throws Problem if two stacks have a resource with the same logical id, or a stack has no output of the name
 */
export function linkStacks(stacks: readonly DeployedStack[]): LinkedTemplate {
  const templates = new Map(stacks.map((stack) => [stack.stackName, templateSchema.parse(stack.template)]));

  function link(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(link);
    if (typeof value !== 'object' || value === null) return value;
    if ('Fn::GetStackOutput' in value) {
      const { StackName, OutputName } = stackOutputSchema.parse(value['Fn::GetStackOutput']);
      const producer = templates.get(StackName);
      if (producer) return link(outputOf(producer, OutputName));
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, link(item)]));
  }

  const linked: Record<string, unknown> = {};
  for (const [stackName, { Resources }] of templates) {
    for (const [logicalId, resource] of Object.entries(Resources)) {
      if (logicalId in linked) {
        throw new Problem(
          `The local run needs stacks with different resources; ${logicalId} is in ${stackName} and in another one.`,
        );
      }
      linked[logicalId] = link(resource);
    }
  }
  const outputs = [...templates.values()].flatMap(({ Outputs }) => Object.entries(Outputs));
  return {
    Resources: linked,
    Outputs: Object.fromEntries(outputs.map(([name, { Value }]) => [name, { Value: link(Value) }])),
  };
}

function outputOf({ Outputs }: z.output<typeof templateSchema>, name: string): unknown {
  const output = Outputs[name];
  if (!output)
    throw new Problem(`A stack refers to the output ${name} of another one, which does not have it.`);
  return output.Value;
}

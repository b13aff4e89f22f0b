import type { Template } from '../template/template.ts';
import type { Operation } from './service-operation.ts';

/** The part of the CloudFormation API that tells the outputs. The local run has one stack, which answers to any name. */
export function cloudFormation(template: Template): Record<string, Operation> {
  return {
    DescribeStacks: ({ StackName }) => ({
      Stacks: [
        {
          StackName,
          CreationTime: new Date().toISOString(),
          StackStatus: 'UPDATE_COMPLETE',
          Outputs: Object.entries(template.outputs()).map(([OutputKey, OutputValue]) => ({
            OutputKey,
            OutputValue,
          })),
        },
      ],
    }),
  };
}

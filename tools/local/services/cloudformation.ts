import type { Template } from '../template/template.ts';
import type { Operation } from './service-operation.ts';

/** The part of the CloudFormation API that lists outputs. The local run has one stack, whatever its name in a request. */
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

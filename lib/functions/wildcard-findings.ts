import { Stack, Validations } from 'aws-cdk-lib';
import type { ManagedPolicy } from 'aws-cdk-lib/aws-iam';

/**
 * States why a wildcard in a resource of a policy cannot be narrower. The id of cdk-nag's finding contains the resource as
 * printed, which is known only after the CDK has resolved references to other stacks. It validates constructs after that,
 * and runs cdk-nag later.
 *
 * @param resource as in the policy
 */
export function acknowledgeWildcard(policy: ManagedPolicy, resource: string, reason: string): void {
  policy.node.addValidation({
    validate: () => {
      const printed = asPrinted(Stack.of(policy).resolve(resource));
      Validations.of(policy).acknowledge({ id: `AwsSolutions-IAM5[Resource::${printed}]`, reason });
      return [];
    },
  });
}

/**
 * A text of the template as cdk-nag prints it: `<LogicalId.Arn>/prefix/*`. Which of its parts are intrinsic functions can depend
 * on the stack's region.
 */
function asPrinted(value: unknown): string {
  if (typeof value === 'string') return value.replaceAll(/\$\{(.+?)\}/g, '<$1>');
  const { Ref, ...functions } = value as Record<string, unknown>;
  if (typeof Ref === 'string') return `<${Ref}>`;
  const { 'Fn::GetAtt': attribute, 'Fn::Join': join, 'Fn::Sub': pattern } = functions;
  if (Array.isArray(attribute)) return `<${attribute.join('.')}>`;
  if (Array.isArray(join)) return join[1].map(asPrinted).join(join[0]);
  return pattern === undefined ? JSON.stringify(value) : asPrinted(pattern);
}

import { CrossStackReferences, ReferenceStrength, Stack, Stage, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The only region for web ACLs and log deliveries of CloudFront. */
const EDGE_REGION = 'us-east-1';

/** Whether the scope is in a stack whose region is EDGE_REGION; undefined without a region. */
export function isInEdgeRegion(scope: Construct): boolean | undefined {
  const { region } = Stack.of(scope);
  return Token.isUnresolved(region) ? undefined : region === EDGE_REGION;
}

/**
 * Where to define resources that CloudFront needs in EDGE_REGION: in the scope itself, or in a stack of its own beside the
 * stack of the scope. References between the two are weak: CloudFormation reads the outputs of the other stack with
 * Fn::GetStackOutput, which also works between regions, without functions of the CDK.
 *
 * A stack that the scope refers to must not refer back, so each direction has a stack of its own.
 *
 * @param name the name of the other stack, unique in the account
 * @param purpose its description
 * @throws Error if the region of the scope is not known
 */
export function edgeScope(scope: Construct, name: string, purpose: string): Construct {
  const stack = Stack.of(scope);
  const inEdgeRegion = isInEdgeRegion(scope);
  if (inEdgeRegion === undefined) {
    throw new Error(
      `The stack ${stack.stackName} needs a region: what it has in ${EDGE_REGION} depends on it. Set AWS_REGION or a profile with a region.`,
    );
  }
  if (inEdgeRegion) return scope;
  const { account, node, terminationProtection = false } = stack;
  const stage = Stage.of(scope) ?? node.root;
  const existing = stage.node.tryFindChild(name) as Stack | undefined;
  if (existing) return existing;
  const edgeStack = new Stack(stage, name, {
    stackName: name,
    description: `redraw-tracker: ${purpose}`,
    env: { region: EDGE_REGION, ...(!Token.isUnresolved(account) && { account }) },
    terminationProtection,
    tags: stack.tags.tagValues(),
  });
  // Whatever the app has as its default.
  CrossStackReferences.of(edgeStack).consume(ReferenceStrength.WEAK);
  return edgeStack;
}

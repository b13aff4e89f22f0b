import { Annotations, CrossStackReferences, ReferenceStrength, Stack, Stage, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type Configuration, serviceName } from '../configuration/configuration.ts';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import { tagEverything, versionTag } from '../configuration/tags.ts';
import { labelFor } from '../setting/setting-label.ts';

/** The only region for web ACLs, log deliveries and metrics of CloudFront. */
export const EDGE_REGION = 'us-east-1';

/** Whether the scope is in a stack whose region is EDGE_REGION; undefined without a region. */
function isInEdgeRegion(scope: Construct): boolean | undefined {
  const { region } = Stack.of(scope);
  return Token.isUnresolved(region) ? undefined : region === EDGE_REGION;
}

export interface EdgeStackNaming {
  /** The part of the other stack's name that says what is in it. The region follows, because a stage can be in several. */
  readonly name: string;
  /** The other stack's description. */
  readonly purpose: string;
}

/**
 * Where to define resources that CloudFront needs in EDGE_REGION: in the scope itself, or in a stack of its own beside the
 * stack of the scope. References between the two are weak: CloudFormation reads the outputs of the other stack with
 * Fn::GetStackOutput, which also works between regions, without functions of the CDK.
 *
 * A stack that the scope refers to must not refer back, so each direction has a stack of its own.
 *
 * @throws ConfigurationError if the region of the scope is not known
 */
export function edgeScope(
  scope: Construct,
  configuration: Configuration,
  { name, purpose }: EdgeStackNaming,
): Construct {
  const stack = Stack.of(scope);
  const inEdgeRegion = isInEdgeRegion(scope);
  if (inEdgeRegion === undefined) {
    throw new ConfigurationError(
      [`The stack ${stack.stackName} has no region, and needs resources for CloudFront in ${EDGE_REGION}.`],
      'Set AWS_REGION, use a profile with a region, or give the stack one in its env.',
    );
  }
  if (inEdgeRegion) return scope;
  const { account, node, region, terminationProtection = false } = stack;
  const stackName = `${serviceName(configuration)}-${name}-${region}`;
  const stage = Stage.of(scope) ?? node.root;
  const existing = stage.node.tryFindChild(stackName) as Stack | undefined;
  if (existing) return existing;
  const edgeStack = new Stack(stage, stackName, {
    stackName,
    description: `redraw-tracker: ${purpose}`,
    env: { region: EDGE_REGION, ...(!Token.isUnresolved(account) && { account }) },
    terminationProtection,
    tags: withoutVersion(stack.tags.tagValues()),
  });
  // The scope's own tags do not reach it, and in the app of another team its stack may have none.
  tagEverything(edgeStack, configuration);
  // Overrides the app's default.
  CrossStackReferences.of(edgeStack).consume(ReferenceStrength.WEAK);
  return edgeStack;
}

function withoutVersion({ [versionTag.key]: _, ...others }: Record<string, string>): Record<string, string> {
  return others;
}

export interface OptionalEdgePart {
  /** The setting that wants the part, or not. By default it is wanted if the scope is in EDGE_REGION. */
  readonly setting: 'cloudFrontAccessLog' | 'cloudFrontAlarm';
  readonly stack: EdgeStackNaming;
  /** The notice for the deployer if the setting is not set and the part is left out. */
  readonly without: string;
}

/**
 * Like edgeScope, for a part that a setting switches on or off. By default it is left out where it takes a second stack.
 *
 * @returns undefined if the part is not wanted
 */
export function optionalEdgeScope(
  scope: Construct,
  configuration: Configuration,
  { setting, stack, without }: OptionalEdgePart,
): Construct | undefined {
  const choice = configuration[setting];
  if (choice === 'on' || (choice === undefined && isInEdgeRegion(scope))) {
    return edgeScope(scope, configuration, stack);
  }
  if (choice === undefined) {
    Annotations.of(scope).addInfo(
      `${without}, because the stack is not in ${EDGE_REGION}. Set ${labelFor(scope)(setting)} to on to have this in a stack there, or to off to hide this message.`,
    );
  }
  return undefined;
}

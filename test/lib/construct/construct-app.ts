/** The constructs in the app of another team. */
import { App, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { ConfigurationError } from '../../../lib/configuration/configuration-error.ts';
import { RedrawTracker } from '../../../lib/redraw-tracker.ts';
import type { RedrawTrackerDataProps } from '../../../lib/redraw-tracker-data.ts';
import { standInPage } from '../synthesized-stack.ts';

export const bundles = {
  functionCode: () => Code.fromInline('exports.handler = async () => {};'),
  builtPage: standInPage(),
};

export interface Place {
  readonly account?: string;
  readonly region?: string;
}

/** A stack of an app of its own, or beside another. */
export function newStack(env: Place = { region: 'us-east-1' }, beside?: Stack): Stack {
  const app =
    beside?.node.root ??
    new App({ builtinCloudFormationValidation: false, stackTraces: false, treeMetadata: false });
  return new Stack(app, `Stack-${app.node.children.length}`, { env });
}

export function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error('It was accepted.');
}

/** The sentences of the error. */
export const faultsOf = (act: () => unknown): string[] => messageOf(act).match(/(?<=^ {2}- ).*/gm) ?? [];

export const faultsWith = (props: RedrawTrackerDataProps, stack = newStack()): string[] =>
  faultsOf(() => new RedrawTracker(stack, 'Redraws', { bundles, ...props }));

export function webAcl(stack: Stack, scope: string): CfnWebACL {
  const visibilityConfig = { cloudWatchMetricsEnabled: true, metricName: 'm', sampledRequestsEnabled: false };
  return new CfnWebACL(stack, 'WebAcl', { scope, defaultAction: { allow: {} }, visibilityConfig });
}

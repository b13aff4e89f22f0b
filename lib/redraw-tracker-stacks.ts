import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Bundles } from './bundling/bundles.ts';
import { type Configuration, serviceName } from './configuration/configuration.ts';
import { tagsOf, versionTag } from './configuration/tags.ts';
import { RedrawTracker } from './redraw-tracker.ts';
import { RedrawTrackerData } from './redraw-tracker-data.ts';
import { settingsAreKeys } from './setting/setting-label.ts';

export interface RedrawTrackerDataStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly bundles: Bundles;
}

/**
 * Everything that holds state, in a stack that changes rarely. AWS advises to keep it apart from the rest, which can then
 * be deployed, rolled back and even deleted without touching data.
 * https://docs.aws.amazon.com/cdk/v2/guide/best-practices.html
 */
export class RedrawTrackerDataStack extends Stack {
  readonly data: RedrawTrackerData;

  constructor(scope: Construct, id: string, props: RedrawTrackerDataStackProps) {
    const { configuration, bundles, ...stackProps } = props;
    super(scope, id, {
      stackName: `${serviceName(configuration)}-data`,
      description: 'redraw-tracker: stateful resources (table, keys, secrets, accounts, events)',
      ...commonProps(configuration),
      ...stackProps,
    });
    settingsAreKeys(this);
    // The CDK leaves "Default" out of logical ids, so they do not depend on how deep the construct is.
    this.data = new RedrawTrackerData(this, 'Default', { ...configuration, bundles });
  }
}

export interface RedrawTrackerStackProps extends StackProps {
  readonly data: RedrawTrackerData;
}

/** The service without its state. Its outputs include those of the data, so that one stack has them all. */
export class RedrawTrackerStack extends Stack {
  constructor(scope: Construct, id: string, { data, ...stackProps }: RedrawTrackerStackProps) {
    const { configuration } = data.context;
    super(scope, id, {
      stackName: serviceName(configuration),
      description: 'redraw-tracker: tracks the state of Junction lab orders and their redraws',
      ...commonProps(configuration),
      ...stackProps,
    });
    // CloudFormation copies the tags of a stack to its resources, so the data and what is in us-east-1 do not have this one.
    // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
    this.tags.setTag(versionTag.key, versionTag.value);
    settingsAreKeys(this);
    const tracker = new RedrawTracker(this, 'Default', { data });
    for (const [name, output] of Object.entries(tracker.outputs)) new CfnOutput(this, name, output);
  }
}

function commonProps(configuration: Configuration): StackProps {
  return {
    // Also for what the CDK itself adds to the stack.
    tags: tagsOf(configuration),
    terminationProtection: configuration.removalPolicy === 'retain',
  };
}

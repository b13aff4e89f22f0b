import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { serviceName } from './configuration/configuration.ts';
import { version } from './configuration/version.ts';
import { RedrawTracker } from './redraw-tracker.ts';
import type { RedrawTrackerDataProps } from './redraw-tracker-data.ts';

export interface RedrawTrackerStackProps extends StackProps, RedrawTrackerDataProps {}

/** The service as bin/ deploys it. */
export class RedrawTrackerStack extends Stack {
  constructor(scope: Construct, id: string, props: RedrawTrackerStackProps) {
    const { configuration, bundles, tableKey, eventBus, alarmTopic, ...stackProps } = props;
    super(scope, id, {
      stackName: serviceName(configuration),
      description: 'redraw-tracker: the true state of Junction lab orders and their redraws',
      tags: { 'redraw-tracker:version': version },
      terminationProtection: configuration.removalPolicy === 'retain',
      ...stackProps,
    });
    // The CDK leaves "Default" out of logical ids, so they do not depend on how deep the construct is.
    const tracker = new RedrawTracker(this, 'Default', props);
    for (const [name, output] of Object.entries(tracker.outputs)) new CfnOutput(this, name, output);
  }
}

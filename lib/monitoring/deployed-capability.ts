import type { GraphWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { ServiceOutput } from '../outputs/service-output.ts';
import type { Alarms } from './alarms/alarms.ts';

/** What a deployed capability adds to the parts that are about all of the stack. */
export interface DeployedCapability {
  /** Adds its alarms, each with a section in the runbook. */
  readonly addAlarms: (alarms: Alarms) => void;
  /** Its row on the CloudWatch dashboard. */
  readonly widgets: readonly GraphWidget[];
  /** What to print after a deployment, by name. */
  readonly outputs: Readonly<Record<string, ServiceOutput>>;
}

import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { alarmDescription } from '../../../core/telemetry/alarm-description.ts';

export interface AlarmDefinition {
  readonly metric: IMetric;
  /** The alarm goes off at or above this value, unless `whenBelow` is set. */
  readonly threshold: number;
  /** The number of consecutive periods; 1 by default. */
  readonly periods?: number;
  /** The alarm goes off below the threshold instead, and missing data counts as below. */
  readonly whenBelow?: boolean;
  /** Without data the alarm keeps its state. By default missing data counts as not breaching, or, with `whenBelow`, as breaching. */
  readonly staysWithoutData?: boolean;
  /** What the alarm means for the person it wakes: a few plain sentences. */
  readonly meaning: string;
  /** The anchor of the alarm's section in docs/operations/runbook.md. */
  readonly runbook: string;
  /** Gets the messages too, beside the operators. */
  readonly alsoTo?: ITopic;
}

export interface AlarmsProps {
  /** Gets a message when an alarm goes off, and when it is over. */
  readonly topic: ITopic;
  /** Where to read what to do: the URL or path of the runbook. */
  readonly runbookUrl: string;
  /** The URL of the CloudWatch dashboard. */
  readonly dashboardUrl: string;
}

/**
 * Alarms that notify operators, and link the section of the runbook and the dashboard. The `*-alarms.ts` files beside this one
 * define them.
 */
export class Alarms extends Construct {
  readonly all: Alarm[] = [];
  readonly props: AlarmsProps;
  private readonly operators: SnsAction;

  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    this.props = props;
    this.operators = new SnsAction(props.topic);
  }

  add(id: string, definition: AlarmDefinition): void {
    const { metric, threshold, periods = 1, whenBelow = false, meaning, runbook, alsoTo } = definition;
    const { runbookUrl, dashboardUrl } = this.props;
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: whenBelow
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: treatMissingData(definition),
      alarmDescription: alarmDescription({ meaning, runbook: `${runbookUrl}#${runbook}` }, dashboardUrl),
    });
    const actions = [this.operators, ...(alsoTo ? [new SnsAction(alsoTo)] : [])];
    alarm.addAlarmAction(...actions);
    alarm.addOkAction(...actions);
    this.all.push(alarm);
  }
}

function treatMissingData({ whenBelow, staysWithoutData }: AlarmDefinition): TreatMissingData {
  if (staysWithoutData) return TreatMissingData.IGNORE;
  return whenBelow ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING;
}

import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface AlarmDefinition {
  readonly metric: IMetric;
  /** The alarm goes off at or above this value, unless `whenBelow` is set. */
  readonly threshold: number;
  /** The number of consecutive periods; 1 by default. */
  readonly periods?: number;
  /** The alarm goes off below the threshold instead, and missing data counts as below. */
  readonly whenBelow?: boolean;
  /** Without data the alarm keeps its state. By default missing data counts as good, or as below. */
  readonly staysWithoutData?: boolean;
  /** What the alarm means for the person it wakes: a few plain sentences. */
  readonly meaning: string;
  /** The anchor of the alarm's section in docs/runbook.md. */
  readonly runbook: string;
}

/** Alarms that notify operators and name the section of the runbook to read. */
export class Alarms extends Construct {
  readonly all: Alarm[] = [];
  private readonly operators: SnsAction;

  constructor(scope: Construct, id: string, topic: ITopic) {
    super(scope, id);
    this.operators = new SnsAction(topic);
  }

  add(id: string, definition: AlarmDefinition): void {
    const { metric, threshold, periods = 1, whenBelow = false, meaning, runbook } = definition;
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: whenBelow
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: treatMissingData(definition),
      alarmDescription: `${meaning} What to do: docs/runbook.md#${runbook}`,
    });
    alarm.addAlarmAction(this.operators);
    alarm.addOkAction(this.operators);
    this.all.push(alarm);
  }
}

function treatMissingData({ whenBelow, staysWithoutData }: AlarmDefinition): TreatMissingData {
  if (staysWithoutData) return TreatMissingData.IGNORE;
  return whenBelow ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING;
}

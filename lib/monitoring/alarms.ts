import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface AlarmDefinition {
  readonly metric: IMetric;
  /** The alarm goes off at or above this, unless `whenBelow`. */
  readonly threshold: number;
  /** Periods in a row; 1 unless given. */
  readonly periods?: number;
  /** The alarm goes off below the threshold instead, and no data counts as below. */
  readonly whenBelow?: boolean;
  /** What it means for a person who gets it at night: one or two plain sentences. */
  readonly meaning: string;
  /** Heading of the section in docs/runbook.md, as its link spells it. */
  readonly runbook: string;
}

/** Alarms that tell operators what is wrong and where to read on. */
export class Alarms extends Construct {
  readonly all: Alarm[] = [];
  private readonly operators: SnsAction;

  constructor(scope: Construct, id: string, topic: ITopic) {
    super(scope, id);
    this.operators = new SnsAction(topic);
  }

  add(id: string, { metric, threshold, periods = 1, whenBelow = false, ...text }: AlarmDefinition): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: whenBelow
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: whenBelow ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${text.meaning} What to do: docs/runbook.md#${text.runbook}`,
    });
    alarm.addAlarmAction(this.operators);
    alarm.addOkAction(this.operators);
    this.all.push(alarm);
  }
}

import {
  type CloudWatchClient,
  type MetricAlarm,
  paginateDescribeAlarms,
  type StateValue,
} from '@aws-sdk/client-cloudwatch';
import { parseInstant } from '../../domain/instant.ts';
import { readAlarmDescription } from '../../telemetry/alarm-description.ts';
import { ALARM_STATES, type AlarmList } from './answer.ts';

type Alarm = AlarmList['alarms'][number];

/** CloudWatch answers at most this many in a page. */
const PAGE = 100;

/**
 * The alarms that notify a topic, by state and name.
 *
 * @throws what the client throws
 */
export async function readAlarms(
  client: CloudWatchClient,
  topicArn: string,
  abortSignal: AbortSignal,
): Promise<Alarm[]> {
  const alarms: Alarm[] = [];
  const input = { ActionPrefix: topicArn, MaxRecords: PAGE };
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client }, input, { abortSignal })) {
    // The prefix matches a topic whose name begins with that of this one, too.
    alarms.push(
      ...MetricAlarms.filter(({ AlarmActions = [] }) => AlarmActions.includes(topicArn)).map(shown),
    );
  }
  return alarms.sort(byUrgency);
}

const STATES: Readonly<Record<StateValue, Alarm['state']>> = {
  ALARM: 'alarm',
  INSUFFICIENT_DATA: 'insufficient_data',
  OK: 'ok',
};

function byUrgency(one: Alarm, other: Alarm): number {
  return (
    ALARM_STATES.indexOf(one.state) - ALARM_STATES.indexOf(other.state) ||
    one.name.localeCompare(other.name, 'en') ||
    one.id.localeCompare(other.id, 'en')
  );
}

function shown({
  AlarmName: id = '',
  AlarmDescription: description = '',
  StateValue,
  StateTransitionedTimestamp,
  StateReason,
}: MetricAlarm): Alarm {
  const known = readAlarmDescription(description);
  return {
    id,
    name: known ? titleOf(known.runbook) : id,
    meaning: known?.meaning ?? description,
    state: (StateValue && STATES[StateValue]) ?? 'insufficient_data',
    since: parseInstant(StateTransitionedTimestamp?.toISOString() ?? ''),
    reason: reasonOf(StateReason),
    runbook: known?.runbook ?? null,
  };
}

/** The title of a section by its anchor: "Webhooks quarantined". */
function titleOf(runbook: string): string {
  const words = runbook.slice(runbook.lastIndexOf('#') + 1).replaceAll('-', ' ');
  const title = words.replace(/^sign in\b/, 'sign-in').replace(/^api\b/, 'API');
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/**
 * CloudWatch's own reasons are values and times. A state that was set by hand has any text as its reason, which could name a
 * patient, so that is not shown.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_SetAlarmState.html
 */
function reasonOf(reason: string | undefined): string | null {
  return reason && /^(Thresholds? Crossed|Insufficient Data|Unchecked): /.test(reason) ? reason : null;
}

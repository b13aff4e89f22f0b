import { DescribeAlarmHistoryCommand } from '@aws-sdk/client-cloudwatch';
import type { Deployment } from '../deployment/deployment.ts';
import { type Check, failed, passed, skipped } from './check.ts';

const TOPICS = ['OperatorsTopicArn', 'CriticalResultsTopicArn'];

/** Pages of 100 entries, of all alarms of the account in the region. */
const MAX_PAGES = 20;

/**
 * Checks whether the topics accepted what alarms last published. CloudWatch needs the policy of the topic and of its key for that,
 * and says what it lacks only in the history of the alarm.
 * https://repost.aws/knowledge-center/cloudwatch-receive-sns-for-alarm-trigger
 */
export const alarmActionsCheck: Check = {
  name: 'alarm actions',
  permissions: ['cloudwatch:DescribeAlarmHistory'],
  async look(deployment) {
    if (deployment.isLocal) return skipped('The alarms of the local stack need no permission.');
    const last = await lastActions(deployment);
    const refused = [...last.values()].find((summary) => summary.startsWith('Failed'));
    if (refused) {
      return failed(
        `An alarm could not notify anybody. ${refused}`,
        'Compare the policy of the topic and of its key with the template, and deploy again. The history of the alarm in the CloudWatch console has the whole error.',
      );
    }
    const named = (names: readonly string[]) => names.map((name) => name.replace('Arn', '')).join(' and ');
    const silent = named(TOPICS.filter((name) => !last.has(name)));
    if (last.size === 0) return skipped(`No alarm has gone off at ${silent} lately.`);
    const detail = `${named([...last.keys()])} accepted the last alarm.`;
    return passed(silent ? `${detail} None has gone off at ${silent} lately.` : detail);
  },
};

/** What CloudWatch says of the last action at each topic, by the output that names the topic. */
async function lastActions({ clients, outputs }: Deployment): Promise<ReadonlyMap<string, string>> {
  const last = new Map<string, string>();
  let NextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES && last.size < TOPICS.length; page += 1) {
    const { AlarmHistoryItems = [], ...answer } = await clients.cloudWatch.send(
      new DescribeAlarmHistoryCommand({
        HistoryItemType: 'Action',
        ScanBy: 'TimestampDescending',
        MaxRecords: 100,
        NextToken,
      }),
    );
    for (const { HistorySummary = '' } of AlarmHistoryItems) {
      const name = TOPICS.find((one) => outputs[one] && HistorySummary.includes(outputs[one]));
      if (name && !last.has(name)) last.set(name, HistorySummary);
    }
    NextToken = answer.NextToken;
    if (NextToken === undefined) break;
  }
  return last;
}

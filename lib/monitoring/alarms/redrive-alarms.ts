import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Configuration } from '../../configuration/configuration.ts';
import {
  counter,
  fiveMinutes,
  subscribersMissing,
  waitingForRedrive,
  waitingInQuarantine,
} from '../../metrics/metrics.ts';
import type { FailureRedrive } from '../../streams/failure-redrive.ts';
import type { Alarms } from './alarms.ts';

/** Alarms on what waits for a repair, and on the redrive, which measures that and processes discarded stream records again. */
export function addRedriveAlarms(
  alarms: Alarms,
  configuration: Configuration,
  redrive: FailureRedrive,
): void {
  const { interval } = redrive;
  alarms.add('FailedRecordsWaiting', {
    // Measures the waiting batches, not the discards, so OK means that none is waiting.
    metric: waitingForRedrive(configuration, interval),
    threshold: 1,
    staysWithoutData: true,
    meaning:
      'Failed records are waiting in the failure bucket, and a redrive could not repair them. Transactions are out of date, or events are unpublished.',
    runbook: 'failed-records-waiting',
  });
  alarms.add('WebhooksQuarantined', {
    metric: waitingInQuarantine(configuration, interval),
    threshold: 1,
    staysWithoutData: true,
    meaning:
      'Signed webhooks from Junction that could not be parsed are waiting in quarantine, unchanged. Their orders keep their old state until someone replays the webhooks after a fix or dismisses them.',
    runbook: 'webhooks-quarantined',
  });
  alarms.add('RedriveErrors', {
    metric: redrive.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The redrive crashed or timed out. It runs again in five minutes. As long as it fails, failed records stay in the failure bucket, and no alarm goes off for overdue critical results.',
    runbook: 'redrive-errors',
  });
  alarms.add('RedriveNotRunning', {
    metric: counter(configuration, 'redrive', 'finished', interval),
    threshold: 1,
    periods: 3,
    whenBelow: true,
    meaning:
      'No redrive has finished for 15 minutes. Failed records are not repaired. Right after the first deployment, this only means that no redrive has run yet.',
    runbook: 'redrive-not-running',
  });
}

/**
 * An alarm on subscriptions that ended: whoever has a mail of a topic can end its subscription by the link in it, unless it was
 * confirmed with credentials. Two topics get the alarm, in case nobody is left at one of them.
 */
export function addSubscriberAlarm(
  alarms: Alarms,
  configuration: Configuration,
  { interval }: FailureRedrive,
  alsoTo: ITopic,
): void {
  alarms.add('SubscribersMissing', {
    metric: subscribersMissing(configuration, interval),
    threshold: 1,
    staysWithoutData: true,
    alsoTo,
    meaning:
      'Fewer people or programs than before get the alarms or the critical results, or nobody gets the alarms. Someone may have ended a subscription by the link in an email. Until somebody confirms it, this also goes off after the first deployment.',
    runbook: 'subscribers-missing',
  });
}

import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { Configuration } from '../../configuration/configuration.ts';
import type { OperatorNotifications } from '../../events/operator-notifications.ts';
import type { DeadLetterQueue } from '../../functions/dead-letter-queue.ts';
import { counter, fiveMinutes, notificationsFailed, sum } from '../../metrics/metrics.ts';
import type { OwnerMails } from '../../review/owner-mails.ts';
import type { RedrawReview } from '../../review/redraw-review.ts';
import type { RedrawSweep } from '../../schedules/redraw-sweep.ts';
import type { Alarms } from './alarms.ts';
import { durationInWords } from './duration-in-words.ts';

/** Alarms on the sweep, which flags stale redraws. */
export function addSweepAlarms(alarms: Alarms, configuration: Configuration, sweep: RedrawSweep): void {
  const { interval } = sweep;
  alarms.add('SweepErrors', {
    metric: sweep.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The sweep crashed or timed out. It is retried, and everything that is due stays due. As long as it fails, overdue redraws are not flagged.',
    runbook: 'sweep-errors',
  });
  alarms.add('SweepNotRunning', {
    metric: counter(configuration, 'sweep', 'finished', interval),
    threshold: 1,
    periods: 2,
    whenBelow: true,
    meaning: `No sweep has finished for ${durationInWords(2 * interval.toMilliseconds())}. Overdue redraws are not flagged. Right after the first deployment, this only means that no sweep has run yet.`,
    runbook: 'sweep-not-running',
  });
  alarms.add('SweepSkipping', {
    metric: counter(configuration, 'sweep', 'skipped', interval),
    threshold: 1,
    periods: 3,
    // What waits for an answer still waits when no sweep runs.
    staysWithoutData: true,
    meaning: `For ${durationInWords(3 * interval.toMilliseconds())} Junction has not responded about due redraws. To avoid false alarms, they are flagged only after a day without a response, and marked as unchecked.`,
    runbook: 'sweep-skipping',
  });
  alarms.add('SweepBehind', {
    metric: counter(configuration, 'sweep', 'behind', interval),
    threshold: 1,
    staysWithoutData: true,
    meaning:
      "For more than a day, the sweep has not reached the end of Junction's list of changed orders. Facts from lost webhooks may still be missing.",
    runbook: 'sweep-behind',
  });
}

/** Alarms on the mails about events, which critical results need too. */
export function addOperatorMailAlarms(alarms: Alarms, mails: OperatorNotifications, alsoTo: ITopic): void {
  alarms.add('OperatorMailErrors', {
    metric: mails.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    alsoTo,
    meaning:
      'An email about an event that needs a person could not be sent. It is tried three times within minutes, and then kept in the dead-letter queue.',
    runbook: 'operator-email-errors',
  });
}

/** Alarms on the review of open redraws that operators receive by mail. */
export function addReviewAlarms(alarms: Alarms, configuration: Configuration, review: RedrawReview): void {
  alarms.add('ReviewErrors', {
    metric: review.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The review of open redraws crashed or timed out. It is retried twice. If no email arrives, check the worklist.',
    runbook: 'review-errors',
  });
  alarms.add('ReviewNotSent', {
    // Seven days is the longest period an alarm can evaluate, and covers each day of the week once.
    metric: counter(configuration, 'review', 'sent', Duration.days(1)),
    threshold: 1,
    periods: 7,
    whenBelow: true,
    meaning:
      'No review of open redraws has been sent for a week. Right after the first deployment, this only means that no review was due yet. Send one by hand.',
    runbook: 'review-not-sent',
  });
}

/** Alarms on the daily mails to owners. */
export function addOwnerMailAlarms(alarms: Alarms, configuration: Configuration, mails: OwnerMails): void {
  alarms.add('OwnerMailsErrors', {
    metric: mails.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The daily email run for owners crashed, timed out, or could not send some emails yet. It is retried twice, and nobody gets an email twice.',
    runbook: 'owner-email-errors',
  });
  alarms.add('OwnerMailsFailing', {
    metric: sum(
      'o',
      [counter(configuration, 'owner-mails', 'failed'), counter(configuration, 'owner-mails', 'unknown')],
      'Failed emails to owners',
    ),
    threshold: 1,
    meaning:
      "Amazon SES rejected an email to an owner, or it is not known whether one was sent. That owner may miss today's list; the worklist shows it.",
    runbook: 'owner-emails-failing',
  });
  alarms.add('OwnerMailsNotRunning', {
    metric: counter(configuration, 'owner-mails', 'finished', Duration.days(1)),
    threshold: 1,
    periods: 2,
    whenBelow: true,
    meaning:
      'The daily email run for owners has not finished for two days. Right after the first deployment, this means that none was due yet.',
    runbook: 'owner-emails-not-running',
  });
}

/** Alarms on scheduled runs and notifications that could not be delivered. */
export function addUndeliveredAlarms(alarms: Alarms, { queue }: DeadLetterQueue, topic: ITopic): void {
  alarms.add('NotificationsNotDelivered', {
    metric: notificationsFailed(topic),
    threshold: 1,
    meaning:
      "SNS could not deliver a message from the operators' topic to one of its subscribers. Someone may not know about an alarm or an overdue redraw.",
    runbook: 'notifications-not-delivered',
  });
  alarms.add('DeadLetters', {
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes, statistic: Stats.MAXIMUM }),
    threshold: 1,
    // SQS stops reporting for a queue that nobody uses: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/monitoring-using-cloudwatch.html
    staysWithoutData: true,
    meaning:
      'A run of the sweep, the redrive or the review, or an event for a target, could not be delivered. It is in the dead-letter queue.',
    runbook: 'dead-letters',
  });
}

import { Duration } from 'aws-cdk-lib';
import { Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Configuration } from '../configuration/configuration.ts';
import type { DeadLetters } from '../functions/dead-letters.ts';
import type { RedrawReview } from '../worklist/redraw-review.ts';
import type { RedrawSweep } from '../worklist/redraw-sweep.ts';
import type { Alarms } from './alarms.ts';
import { fiveMinutes, ownMetric } from './metrics.ts';

/** Watches that somebody looks for redraws that nobody acts on, and can. */
export function watchSweep(alarms: Alarms, configuration: Configuration, sweep: RedrawSweep): void {
  const { interval } = sweep;
  alarms.add('SweepErrors', {
    metric: sweep.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The sweep crashed or ran out of time. It is run again, and what was due stays due; while it fails, no stale redraw is found.',
    runbook: 'sweep-errors',
  });
  alarms.add('SweepNotRunning', {
    metric: ownMetric(configuration, 'sweep', 'SweepFinished', interval),
    threshold: 1,
    periods: 2,
    whenBelow: true,
    meaning: `No sweep has finished for ${inWords(interval, 2)}: redraws that nobody acts on are not found. Right after a first deploy: none has run yet.`,
    runbook: 'sweep-not-running',
  });
  alarms.add('SweepSkipping', {
    metric: ownMetric(configuration, 'sweep', 'SweepSkipped', interval),
    threshold: 1,
    periods: 3,
    meaning: `For ${inWords(interval, 3)} Junction could not be asked about redraws that are due. They are flagged only after a day without an answer, as unchecked, so that nobody is alarmed wrongly.`,
    runbook: 'sweep-skipping',
  });
  alarms.add('SweepBehind', {
    metric: ownMetric(configuration, 'sweep', 'SweepBehind', interval),
    threshold: 1,
    meaning:
      'For more than a day the sweep has not got through all that Junction changed: what webhooks were lost of, may not have been made up for.',
    runbook: 'sweep-behind',
  });
}

/** Watches that the operators are told what is open. */
export function watchReview(alarms: Alarms, configuration: Configuration, review: RedrawReview): void {
  alarms.add('ReviewErrors', {
    metric: review.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The review of open redraws crashed or ran out of time. It is tried twice more; if the mail does not come, look at the worklist yourself.',
    runbook: 'review-errors',
  });
  alarms.add('ReviewNotSent', {
    // As far back as CloudWatch looks; a week has each day of the week once.
    metric: ownMetric(configuration, 'review', 'ReviewSent', Duration.days(1)),
    threshold: 1,
    periods: 7,
    whenBelow: true,
    meaning:
      'No review of open redraws was sent for a week. Right after a first deploy: none was due yet; send one by hand.',
    runbook: 'review-not-sent',
  });
}

/** Watches that nothing lies where it could not be delivered from. */
export function watchDeadLetters(alarms: Alarms, { queue }: DeadLetters): void {
  alarms.add('DeliveriesGivenUp', {
    metric: queue.metricApproximateNumberOfMessagesVisible({ period: fiveMinutes, statistic: Stats.MAXIMUM }),
    threshold: 1,
    meaning:
      'A run of the sweep or the review, or a notice to operators, could not be delivered and lies in the dead-letter queue.',
    runbook: 'deliveries-given-up',
  });
}

function inWords(interval: Duration, times: number): string {
  const minutes = interval.toMinutes() * times;
  return minutes % 60 === 0 ? `${minutes / 60} hours` : `${minutes} minutes`;
}

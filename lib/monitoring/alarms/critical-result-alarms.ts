import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { parseDuration } from '../../../core/domain/duration.ts';
import type { Configuration } from '../../configuration/configuration.ts';
import { criticalResults, notificationsFailed } from '../../metrics/metrics.ts';
import type { FailureRedrive } from '../../streams/failure-redrive.ts';
import type { Alarms } from './alarms.ts';
import { durationInWords } from './duration-in-words.ts';

interface CriticalResultParts {
  readonly configuration: Configuration;
  /** Measures how long critical results wait. */
  readonly redrive: FailureRedrive;
  readonly criticalResultsTopic: ITopic;
}

/** Alarms on critical results that nobody has acknowledged or may know about. */
export function addCriticalResultAlarms(
  alarms: Alarms,
  { configuration, redrive, criticalResultsTopic }: CriticalResultParts,
): void {
  const waiting = durationInWords(parseDuration(configuration.criticalNoAcknowledgement) ?? 0);
  alarms.add('CriticalResultsOverdue', {
    metric: criticalResults(configuration, 'criticalOverdue', redrive.interval),
    threshold: 1,
    // Missing data does not mean that somebody has acknowledged it.
    staysWithoutData: true,
    alsoTo: criticalResultsTopic,
    meaning: `Nobody has acknowledged a critical result within ${waiting}. A patient may need help at once.`,
    runbook: 'critical-results-overdue',
  });
  alarms.add('CriticalNotificationsNotDelivered', {
    metric: notificationsFailed(criticalResultsTopic),
    threshold: 1,
    meaning:
      'SNS could not deliver a message from the topic for critical results to one of its subscribers. A pager may not have received a critical result.',
    runbook: 'notifications-not-delivered',
  });
}

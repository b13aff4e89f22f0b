import { Duration } from 'aws-cdk-lib';
import type { Configuration } from '../../../lib/configuration/configuration.ts';
import { counter, fiveMinutes, sum } from '../../../lib/metrics/metrics.ts';
import type { Alarms } from '../../../lib/monitoring/alarms/alarms.ts';
import type { PatientMessages } from './patient-messages.ts';

const hour = Duration.hours(1);

/** Alarms on messages to patients. */
export function addMessageAlarms(
  alarms: Alarms,
  configuration: Configuration,
  { sending, outcomes, requests }: PatientMessages,
): void {
  alarms.add('MessagesErrors', {
    metric: sending.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The function that sends messages to patients crashed or timed out. It is retried, and nothing is sent twice. Events that fail permanently are in the dead-letter queue.',
    runbook: 'messages-errors',
  });
  alarms.add('MessagesNotRunning', {
    metric: counter(configuration, 'messages', 'finished', sending.interval),
    threshold: 1,
    periods: 3,
    whenBelow: true,
    meaning:
      'No run that sends messages to patients has finished for 15 minutes. Reminders wait, and messages that are too late by then are not sent. Right after the first deployment, this means that none has run yet.',
    runbook: 'messages-not-running',
  });
  alarms.add('MessagesFailing', {
    metric: sum(
      'm',
      [
        counter(configuration, 'messages', 'refused', hour),
        counter(configuration, 'message-outcomes', 'failed', hour),
        counter(configuration, 'message-outcomes', 'bounced', hour),
      ],
      'Messages that failed',
      hour,
    ),
    threshold: 5,
    meaning:
      'At least five messages to patients were refused, failed or bounced within an hour. These patients do not know that they have to act. If many fail at once, a provider may no longer accept the sender.',
    runbook: 'messages-failing',
  });
  alarms.add('MessagesUnknown', {
    metric: counter(configuration, 'messages', 'unknown'),
    threshold: 1,
    meaning:
      "It is not known whether a message was sent to a patient: the provider's answer was unclear, or a run was interrupted. It is never sent again by itself, because it may have arrived.",
    runbook: 'messages-unknown',
  });
  alarms.add('MessagesWaiting', {
    metric: counter(configuration, 'messages', 'waiting', hour),
    threshold: 1,
    // Longer than a night.
    periods: 24,
    meaning:
      'For a whole day, messages to patients were due in every hour and could not be sent. Junction or a provider is delaying them. What waits for longer than messageTooLate is not sent.',
    runbook: 'messages-waiting',
  });
  alarms.add('MessageOutcomesErrors', {
    metric: outcomes.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      "The function that stores the reports of providers and the replies of patients crashed or timed out. It is tried twice more. Then a report is lost, and its message stays as sent; or a reply is lost, and the patient's opt-out is not recorded here.",
    runbook: 'message-outcomes-errors',
  });
  alarms.add('MessageRequestsErrors', {
    metric: requests.function.lambda.metricErrors({ period: fiveMinutes }),
    threshold: 1,
    meaning:
      'The function that handles requests about messages to patients crashed or timed out. Someone could not see or send a message, or record an opt-out.',
    runbook: 'message-requests-errors',
  });
}

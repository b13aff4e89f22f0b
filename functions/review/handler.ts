import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { QUICK } from '../../core/aws/client-options.ts';
import { REDRAW_SCOPES } from '../../core/domain/redraw/redraw-states.ts';
import { busOf } from '../../core/environment/bus.ts';
import { scheduledFields } from '../../core/environment/schedule.ts';
import { putEvents } from '../../core/events/bus.ts';
import { object, oneOf } from '../../core/reading/readers.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { openTable } from '../../core/store/table.ts';
import { reportDamaged } from '../../core/telemetry/damaged-items.ts';
import { correlationId, identified } from '../../core/telemetry/invocation.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { reviewMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { reviewMail } from '../../core/use-cases/review/review-mail.ts';
import { type Review, reviewRedraws } from '../../core/use-cases/review/review-redraws.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const shown = { table: openTable(env.TABLE_NAME, correlationId, reportDamaged), teamId: env.TEAM_ID ?? null };
const links = { worklist: env.WORKLIST_URL, runbook: env.RUNBOOK_URL };
const topic = new SNSClient(QUICK);
const bus = busOf(env);

const reviewEvent = object({ ...scheduledFields, scope: oneOf(REDRAW_SCOPES) });

/** Reports the redraws that need action: in one message to the operators, and in one event on the bus. */
async function sendReview(
  event: unknown,
): Promise<Pick<Review, 'open' | 'stale' | 'acknowledged' | 'needs_decision'>> {
  const { time, scope } = readOrThrow(reviewEvent, event);
  const review = await reviewRedraws(shown, scope, time);
  await putEvents(bus, [{ type: 'Redraw Review', detail: review }]);
  const mail = reviewMail(review, links);
  if (!bus.watchOnly) await topic.send(new PublishCommand({ TopicArn: env.OPERATORS_TOPIC_ARN, ...mail }));
  const { open, stale, acknowledged, needs_decision } = review;
  logger.info('reviewed', { time, scope, open, stale, acknowledged, needs_decision });
  metrics.count(reviewMetrics.sent);
  metrics.write();
  return { open, stale, acknowledged, needs_decision };
}

export const handler = identified(sendReview);

import { type MessagesContext, routes } from '../../capabilities/messages/api/routes.ts';
import { planSettingsOf } from '../../capabilities/messages/environment/messages.ts';
import { messageEvents, messageRequested } from '../../capabilities/messages/rules/message-events.ts';
import { apiHandler } from '../../core/api/api-handler.ts';
import { pauseBetweenWriters } from '../../core/concurrency/retry.ts';
import { auditTrailOf } from '../../core/environment/audit.ts';
import { busOf } from '../../core/environment/bus.ts';
import { putEvents } from '../../core/events/bus.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { openTable } from '../../core/store/table.ts';
import { answeringProbes } from '../../core/store/transaction-probe.ts';
import { reportDamaged } from '../../core/telemetry/damaged-items.ts';
import { correlationId } from '../../core/telemetry/invocation.ts';
import { errorFields, logger } from '../../core/telemetry/logger.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const bus = busOf(env);
const context: MessagesContext = {
  table: openTable(env.TABLE_NAME, correlationId, reportDamaged),
  teamId: env.TEAM_ID ?? null,
  settings: planSettingsOf(env),
  pause: pauseBetweenWriters,
  announce: async (message) => {
    try {
      await putEvents(bus, [messageRequested(message, correlationId() ?? null)], messageEvents);
    } catch (error) {
      // The message is stored, and the next scheduled run sends it.
      logger.error('announcing a message failed', { message_id: message.id, ...errorFields(error) });
    }
  },
  clock: () => new Date(),
};

/** Lists and requests messages to patients, and records their consent and opt-outs. */
export const handler = answeringProbes(context.table, apiHandler(routes, context, auditTrailOf(env)));

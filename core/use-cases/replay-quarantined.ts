import { parseInstant } from '../domain/instant.ts';
import { Problem } from '../http/problem.ts';
import { noteReplay, readQuarantined, readQuarantinedBody } from '../store/quarantine-reading.ts';
import { type ReceiveContext, type ReceivedWebhook, receive } from './receive-webhook.ts';

/** What brings nothing new says less than what was noted before. */
const BRINGS_NOTHING = new Set<string>(['duplicate', 'superseded']);

/**
 * Takes a quarantined body in again, as if it were delivered now, and notes on it what that came to. Again and again
 * does no harm. Throws a Problem: 404 where it is not in quarantine.
 */
export async function replay(context: ReceiveContext, id: string, now: Date): Promise<ReceivedWebhook> {
  const { table } = context;
  const head = await readQuarantined(table, id);
  const body = head && (await readQuarantinedBody(table, head));
  if (!head || !body)
    throw new Problem(404, 'There is nothing in quarantine with this id; it may have expired.');
  const received = await receive(context, body, now);
  if (head.replay_outcome === null || !BRINGS_NOTHING.has(received.outcome)) {
    await noteReplay(table, id, parseInstant(now.toISOString()) ?? '', received.outcome);
  }
  return received;
}

import { parseInstant } from '../../domain/instant.ts';
import {
  readQuarantined,
  readQuarantinedBody,
  storeReplayOutcome,
} from '../../store/quarantine/quarantine-reading.ts';
import { type ReceiveContext, type ReceivedWebhook, receive } from '../receive-webhook.ts';
import { QuarantinedNotFound } from './quarantined-not-found.ts';

/** Outcomes of a later replay that do not replace the stored outcome. */
const NOTHING_NEW = new Set<string>(['duplicate', 'superseded']);

/**
 * Processes a quarantined body as if it were delivered now, and stores the outcome with it. It can be replayed any number
 * of times.
 *
 * @throws QuarantinedNotFound
 */
export async function replay(context: ReceiveContext, id: string, now: Date): Promise<ReceivedWebhook> {
  const { quarantine } = context;
  const head = await readQuarantined(quarantine, id);
  const body = head && (await readQuarantinedBody(quarantine, head));
  if (!head || !body) throw new QuarantinedNotFound(id);
  const received = await receive({ ...context, pathTeam: head.path_team ?? null }, body, now);
  // What was not understood before may have been delivered again since, so that a replay has nothing to add.
  const isUnderstood = head.replay_outcome !== null && head.replay_outcome !== 'quarantined';
  if (!isUnderstood || !NOTHING_NEW.has(received.outcome)) {
    await storeReplayOutcome(quarantine, id, parseInstant(now.toISOString()) ?? '', received.outcome);
  }
  return received;
}

import { type Caller, isSameCaller } from '../../domain/caller.ts';
import { parseInstant } from '../../domain/instant.ts';
import { RequestRefused } from '../../domain/request-refused.ts';
import { storeDismissal } from '../../store/quarantine/quarantine-dismissal.ts';
import { type QuarantinedHead, readQuarantined } from '../../store/quarantine/quarantine-reading.ts';
import type { Table } from '../../store/table.ts';
import { QuarantinedNotFound } from './quarantined-not-found.ts';

export interface DismissalRequest {
  readonly by: string;
  readonly caller: Caller;
  readonly note: string;
}

/** The webhook does not wait any more, because of another dismissal or a replay. */
class NotWaiting extends RequestRefused {
  override readonly name = 'NotWaiting';
  override readonly kind = 'conflict';
}

/**
 * Takes a quarantined webhook off the list of those that wait for a replay. It can still be read and replayed until it
 * expires. Repeating the request changes nothing.
 *
 * @throws QuarantinedNotFound
 * @throws NotWaiting if it was replayed, or dismissed by another request
 */
export async function dismiss(
  quarantine: Table,
  id: string,
  request: DismissalRequest,
  now: Date,
): Promise<QuarantinedHead> {
  const at = parseInstant(now.toISOString()) ?? '';
  const stored = await storeDismissal(quarantine, id, { at, ...request });
  const head = await readQuarantined(quarantine, id);
  if (!head) throw new QuarantinedNotFound(id);
  if (!stored && !isRepeated(head, request)) throw new NotWaiting(whyNot(head));
  return head;
}

function isRepeated({ dismissal }: QuarantinedHead, { by, caller, note }: DismissalRequest): boolean {
  return (
    dismissal !== null &&
    dismissal.by === by &&
    dismissal.note === note &&
    isSameCaller(dismissal.caller, caller)
  );
}

function whyNot({ dismissal, replay_outcome, replayed_at }: QuarantinedHead): string {
  if (dismissal) return `${dismissal.by} dismissed the webhook at ${dismissal.at} with a different note.`;
  return `The webhook was replayed at ${replayed_at} with the outcome ${replay_outcome}, so there is nothing to dismiss.`;
}

import { type Instant, latest } from '../instant.ts';
import { contradict, isOfDifferentOwners } from './contradiction.ts';
import { isListed } from './order-event.ts';
import { type AnswerRegister, isTakenBack, type OrderRegisters, type PayloadRegister } from './registers.ts';

/** Since when only Junction can say what is true about the order; null if nothing is contradictory. */
export function questionSince(
  registers: OrderRegisters,
  leader: PayloadRegister | AnswerRegister | null,
): Instant | null {
  const { payload, answer } = registers;
  if (payload === null) return null;
  const leads = leader === payload;
  const { receivedAt, rivalAt, snapshot } = payload;
  return latest([
    contradictsAnswer(registers) ? receivedAt : null,
    leads && rivalAt !== null && rivalAt > (answer?.askedAt ?? '') ? rivalAt : null,
    leads && snapshot.last_event_differs ? receivedAt : null,
  ]);
}

/**
 * Whether a webhook that was received after Junction was asked contradicts the answer. A webhook that holds only a part of the
 * answer's events is late and contradicts nothing, unless Junction changed the order after the request: then an event was
 * taken back. One with a newer event contradicts it only if it names another user or team: those change by an answer.
 */
function contradictsAnswer(registers: OrderRegisters): boolean {
  const { payload, answer } = registers;
  if (payload === null || answer === null || payload.receivedAt <= answer.askedAt) return false;
  const { events, snapshot } = payload;
  if (events.some((event) => isTakenBack(event, registers))) return true;
  if (events.some((event) => !isListed(event, answer.events)))
    return isOfDifferentOwners(snapshot, answer.snapshot);
  const holdsAll = answer.events.every((event) => isListed(event, events));
  return holdsAll ? contradict(payload, answer) : (snapshot.updated_at ?? '') > answer.askedAt;
}

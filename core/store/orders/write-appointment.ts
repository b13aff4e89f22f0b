import { type Instant, later, latest, stampOf } from '../../domain/instant.ts';
import type { AppointmentFacts } from '../../domain/order/order-record.ts';
import { ageOf, newestEventOf } from '../../domain/order/rank.ts';
import { LAG } from '../../domain/order/registers.ts';
import type { WriteOutcome } from '../../domain/webhook-outcomes.ts';
import type { Item, Table } from '../table.ts';
import {
  both,
  changeOrder,
  type Guard,
  namesFirstHome,
  newerThan,
  type OrderChange,
  unchangedSince,
} from './change-order.ts';
import { encodeAppointment, encodeClaim } from './order-encoding.ts';
import { appointmentAttribute, HEARD_AT, secondsOf, WAS_PROVISIONAL } from './order-item.ts';
import { appointmentClaimAttribute, FIRST_HOME, firstHomeOf, textAt } from './order-registers.ts';
import { readOrderAttributes } from './read-order.ts';

/** Joins an appointment's webhook into its order's item, also before the order itself arrives. */
export async function writeAppointment(table: Table, facts: AppointmentFacts): Promise<WriteOutcome> {
  const { orderId, rank } = facts;
  const attribute = appointmentAttribute(facts.appointment.id);
  const newer = newerAppointment(attribute, facts);
  const { transactionId } = facts;
  let held = await changeOrder(
    table,
    orderId,
    ordinaryChange(facts),
    both(newer, namesFirstHome(transactionId)),
  );
  const isOtherHome = held !== null && transactionId !== null && firstHomeOf(held) !== transactionId;
  if (isOtherHome && textAt((held?.[attribute] as Item | undefined) ?? {}, 'rank') < ageOf(rank)) {
    held = await changeOrder(table, orderId, changeBy('webhook', facts), newer);
  }
  if (held === null) return 'applied';
  if (await storeQuestion(table, facts, held)) return 'merged';
  const stored = held[attribute] as Item;
  if (stored.rank === rank) return 'duplicate';
  return (await storeClaim(table, facts, held)) ? 'merged' : 'superseded';
}

/**
 * Joins Junction's answer about an appointment; `receivedAt` of its facts is when Junction was asked. It replaces what webhooks
 * said, unless they have a later event.
 */
export async function writeAppointmentAnswer(table: Table, facts: AppointmentFacts): Promise<WriteOutcome> {
  const { orderId, rank, receivedAt } = facts;
  const attribute = appointmentAttribute(facts.appointment.id);
  for (;;) {
    const item = await readOrderAttributes(table, orderId);
    const held = item[attribute] as Item | undefined;
    if (held && held.rank === rank && !('question' in held)) return 'duplicate';
    if (held && isLater(held, facts)) return 'superseded';
    const change = changeBy('api', facts, { asked: stampOf(later(receivedAt, -LAG)) });
    if ((await changeOrder(table, orderId, change, unchangedSince(item))) === null) return 'applied';
  }
}

/** Whether the stored appointment is from a later answer, or has an event that the answer cannot have. */
function isLater(held: Item, { rank, receivedAt }: AppointmentFacts): boolean {
  const until = later(receivedAt, -LAG);
  if (textAt(held, 'asked') > stampOf(until)) return true;
  const newest: Instant = newestEventOf(textAt(held, 'rank')) ?? '';
  return newest > until && textAt(held, 'received') > stampOf(until) && textAt(held, 'rank') > rank;
}

function changeBy(by: OrderChange['by'], facts: AppointmentFacts, answer: Item = {}): OrderChange {
  const { appointment, transactionId, rank, receivedAt } = facts;
  const stored = {
    rank,
    received: stampOf(receivedAt),
    appointment: encodeAppointment(appointment),
    ...answer,
  };
  return {
    by,
    add: transactionId === null ? {} : { claimed_by: new Set([transactionId]) },
    replace: { [appointmentAttribute(appointment.id)]: stored, ...claimAttribute(facts, null) },
    initialize: { [WAS_PROVISIONAL]: transactionId === null, [HEARD_AT]: secondsOf(receivedAt) },
  };
}

/** The change by a webhook that names the order's first transaction, or none. */
function ordinaryChange(facts: AppointmentFacts): OrderChange {
  const { transactionId } = facts;
  const change = changeBy('webhook', facts);
  if (transactionId === null) return change;
  const { add: _, replace, initialize, ...others } = change;
  return {
    ...others,
    replace: { ...replace, ...claimAttribute(facts, transactionId) },
    initialize: { ...initialize, [FIRST_HOME]: transactionId },
  };
}

/** @param home the order's first transaction */
function claimAttribute(facts: AppointmentFacts, home: string | null): Record<string, string> {
  const { appointment, transactionId, rank } = facts;
  if (transactionId === null) return {};
  const claim = encodeClaim({ rank, transaction_id: transactionId }, home);
  return { [appointmentClaimAttribute(appointment.id)]: claim };
}

/** The webhook is newer than the stored one; after an answer, its newest event is one that the answer cannot have. */
function newerAppointment(attribute: string, { rank, appointment }: AppointmentFacts): Guard {
  const isNewer = '#appointment.#rank < :age';
  return {
    condition: `attribute_not_exists(#appointment) OR ${isNewer} AND attribute_not_exists(#appointment.#asked) OR ${isNewer} AND #appointment.#asked < :newest`,
    names: { '#appointment': attribute, '#rank': 'rank', '#asked': 'asked' },
    values: { ':age': ageOf(rank), ':newest': stampOrLowest(appointment.updated_at) },
  };
}

const stampOrLowest = (instant: Instant | null) => (instant === null ? '0' : stampOf(instant));

/**
 * Stores that a webhook contradicts the stored appointment: as new, or newer than an answer that would have its event. Of two
 * webhooks the digest decides what is shown until Junction answers.
 *
 * @returns whether it does
 */
async function storeQuestion(table: Table, facts: AppointmentFacts, read: Item): Promise<boolean> {
  const { appointment, rank, receivedAt, orderId } = facts;
  const attribute = appointmentAttribute(appointment.id);
  for (let item: Item | null = read; item !== null; ) {
    const held = item[attribute] as Item;
    const asked = textAt(held, 'asked');
    const isAsNew = ageOf(rank) >= ageOf(textAt(held, 'rank'));
    const isReceivedAfter = asked < stampOf(later(receivedAt, -LAG));
    if (held.rank === rank || !isAsNew || !isReceivedAfter) return false;
    const question = latest([textAt(held, 'question'), textAt(held, 'received'), stampOf(receivedAt)]);
    if (question === held.question) return false;
    const change = changeBy('webhook', facts);
    const stored = change.replace?.[attribute] as Item;
    const shown = asked === '' && rank > textAt(held, 'rank') ? stored : held;
    const replace = { [attribute]: { ...shown, question } };
    item = await changeOrder(table, orderId, { by: 'webhook', replace }, unchangedSince(item));
  }
  return true;
}

/** Stores the transaction that an older webhook names, if none or an older one is stored. */
async function storeClaim(table: Table, facts: AppointmentFacts, held: Item): Promise<boolean> {
  const [claim] = Object.entries(claimAttribute(facts, firstHomeOf(held)));
  if (!claim || textAt(held, claim[0]) >= claim[1]) return false;
  const { add, initialize } = changeBy('webhook', facts);
  const change = { by: 'webhook', add, replace: { [claim[0]]: claim[1] }, initialize } as OrderChange;
  await changeOrder(table, facts.orderId, change, newerThan(claim[0], claim[1]));
  return true;
}

/** The anomalies of a transaction: state-model.md, "Anomalies". */

import type { Record } from '../order-truth.ts';
import type { OrderEvent } from '../reading/facts.ts';
import { compareText, sameEvent } from '../reading/fold.ts';
import { classOf, splitStatus, stage } from '../reading/lifecycle.ts';
import type { Member } from './members.ts';
import { isSingleOrder, type Slots } from './slots.ts';
import type { Cell } from './truth-table.ts';

export interface Anomaly {
  code: string;
  order_id: string;
  first_seen_at: string | null;
}

const TRANSITIONS: [code: string, from: string, to: string][] = [
  ['reinstated_after_cancelled', 'X', 'PCRF'],
  ['reopened_after_completed', 'C', 'PRF'],
  ['moved_after_redraw_available', 'R', 'PXF'],
  ['recovered_after_failure', 'F', 'PCR'],
];

interface Held {
  updatedAt: string | null;
  /** The orders whose own user is not the owner. */
  differing: Record[];
}

export function anomaliesOf(
  members: Member[],
  slots: Slots,
  cell: Cell,
  { updatedAt, differing }: Held,
): Anomaly[] {
  const found = [
    ...ofSlots(slots, cell),
    ...members.flatMap(ofMember),
    ...members.flatMap(ofCorrections),
    ...members.flatMap(conflict),
    ...differing.map(differentUser),
  ].map((anomaly) => ({ ...anomaly, first_seen_at: anomaly.first_seen_at ?? updatedAt }));
  found.sort(
    (a, b) =>
      compareText(a.first_seen_at ?? '', b.first_seen_at ?? '') ||
      compareText(a.code, b.code) ||
      compareText(a.order_id, b.order_id),
  );
  return found.filter(
    (one, index) =>
      found.findIndex((other) => other.code === one.code && other.order_id === one.order_id) === index,
  );
}

/** An own or listed claim and the customer's registration name two transactions. */
function conflict({ id, own: { claims }, createdAt, status }: Member): Anomaly[] {
  const reported = claims.find(({ source }) => source !== 'registered');
  const registered = claims.find(({ source }) => source === 'registered');
  if (!reported || !registered || reported.transactionId === registered.transactionId) return [];
  return [{ code: 'transaction_conflict', order_id: id, first_seen_at: createdAt ?? status.at }];
}

function differentUser({ order, status }: Record): Anomaly {
  return { code: 'different_user', order_id: order.id, first_seen_at: order.created_at ?? status.at };
}

function ofSlots(slots: Slots, cell: Cell): Anomaly[] {
  const found: Anomaly[] = [];
  const add = (code: string, member: Member, at: string | null) =>
    found.push({ code, order_id: member.id, first_seen_at: at });
  if (cell.anomalous && slots.redraw) {
    const code = cell.rule.endsWith('/R') ? 'redraw_of_redraw' : 'redraw_without_redraw_available';
    add(code, slots.redraw, slots.redraw.status.at ?? slots.redraw.createdAt);
  }
  for (const member of slots.unknownOrigin)
    add('unknown_origin', member, member.createdAt ?? member.status.at);
  const { secondInitial, secondRedraw } = slots;
  if (secondInitial) add('second_initial', secondInitial, secondInitial.createdAt ?? secondInitial.status.at);
  if (secondRedraw) add('second_redraw', secondRedraw, secondRedraw.createdAt ?? secondRedraw.status.at);
  return [...found, ...unexpected(slots)];
}

/** A redraw where Junction has none. */
function unexpected(slots: Slots): Anomaly[] {
  const { initial, redraw } = slots;
  if (![initial, redraw].some(isWithoutRedraws)) return [];
  const code = 'unexpected_redraw';
  if (redraw) return [{ code, order_id: redraw.id, first_seen_at: redraw.createdAt ?? redraw.status.at }];
  if (initial?.class !== 'R' && !isSingleOrder(slots)) return [];
  return [{ code, order_id: initial?.id ?? '', first_seen_at: initial?.availableAt ?? null }];
}

/** Redraws are documented for walk-in tests at three labs. An unknown value is not a contradiction. */
function isWithoutRedraws(member: Member | null): boolean {
  const modality = member?.own.order.modality ?? 'walk_in_test';
  const lab = member?.own.order.lab_test?.lab ?? 'quest';
  return modality !== 'walk_in_test' || !['quest', 'labcorp', 'bioreference'].includes(lab);
}

function ofMember(member: Member): Anomaly[] {
  const { own } = member;
  const found: Anomaly[] = [];
  const add = (code: string, at: string | null) =>
    found.push({ code, order_id: member.id, first_seen_at: at });
  for (const [code, from, to] of TRANSITIONS) {
    for (const [before, after] of neighbours(own.events)) {
      if (eventClass(before) === from && to.includes(eventClass(after))) add(code, after.at);
    }
  }
  for (const event of own.futureEvents) {
    if (!own.events.some((known) => sameEvent(known, event))) add('future_event', event.at);
  }
  const descends = own.snapshot?.descendsAt ?? null;
  if (descends !== null) add('events_out_of_order', descends);
  if (own.status.low !== null && stage(own.status.low) < 0) add('unknown_status', own.status.at);
  return found;
}

function ofCorrections({ id, own: { withdrawn, unconfirmedSince } }: Member): Anomaly[] {
  const found = withdrawn.map(({ at }) => ({ code: 'event_withdrawn', order_id: id, first_seen_at: at }));
  if (unconfirmedSince === null) return found;
  return [...found, { code: 'unconfirmed', order_id: id, first_seen_at: unconfirmedSince }];
}

function neighbours(events: OrderEvent[]): [OrderEvent, OrderEvent][] {
  return events.slice(1).flatMap((after, index) => {
    const before = events[index];
    return before ? [[before, after] as [OrderEvent, OrderEvent]] : [];
  });
}

function eventClass(event: OrderEvent): string {
  return classOf(splitStatus(event.status));
}

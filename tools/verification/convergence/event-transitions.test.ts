/** The events of every change in small journeys, in any order of arrival. */
import { expect, test } from 'vitest';
import { type DomainEvent, domainEvents } from '../../../core/domain/events/domain-events.ts';
import { transactionEvents } from '../../../core/domain/events/transaction-events.ts';
import { isWithheld } from '../../../core/domain/stored/incompleteness.ts';
import { type InsightRecord, newInsightRecord } from '../../../core/domain/stored/insight-record.ts';
import type { StoredTransaction } from '../../../core/domain/stored/stored-transaction.ts';
import { followUpOf } from '../../../core/domain/transaction/follow-up.ts';
import { acknowledge, withdraw } from '../../../core/use-cases/acknowledgements/acknowledge-redraw.ts';
import {
  acknowledgeStalledOrder,
  withdrawFromStalledOrder,
} from '../../../core/use-cases/acknowledgements/acknowledge-stalled-order.ts';
import { PROGRAM } from '../../../test/callers.ts';
import { Tracker } from '../../../test/core/use-cases/sweep/scene/tracker.ts';
import { allSeeds, oneSeed } from '../../../test/one-seed.ts';
import { numbers, permutationAt, withDuplicates } from '../oracle/orders-of-delivery.ts';
import type { Delivery } from '../oracle/reading/facts.ts';
import { SMALL_JOURNEYS, webhooksOf } from './small-journeys.ts';

const FILE = 'tools/verification/convergence/event-transitions.test.ts';
/** Set to replay one failure. */
const { SEED } = process.env;
const ORDERS_OF_ARRIVAL = 12;

interface Transition {
  readonly before: StoredTransaction | null;
  readonly after: StoredTransaction;
}

/** All revisions of the transactions in a journey, with occasional sweeps, acknowledgements and withdrawals. */
async function transitionsOf(deliveries: readonly Delivery[], seed: number): Promise<Transition[]> {
  const next = numbers(seed);
  const tracker = new Tracker();
  const transitions: Transition[] = [];
  tracker.onTransaction = (before, after) => {
    if (after) transitions.push({ before, after });
  };
  for (const { body, receivedAt } of deliveries) {
    await tracker.deliver(body, receivedAt);
    if (next() % 3 === 0) await tracker.sweep(`2026-0${3 + (next() % 3)}-${10 + (next() % 20)}T00:00:00Z`);
    if (next() % 4) continue;
    for (const transaction of tracker.transactions()) await markRandomly(tracker, transaction, next);
  }
  // What still lacks an order is published now.
  await tracker.sweep('2026-09-01T00:00:00Z');
  return transitions;
}

/** Acknowledges a redraw or a stalled order, and sometimes withdraws that. */
async function markRandomly(
  { projection }: Tracker,
  { id, open_order, marks }: StoredTransaction,
  next: () => number,
): Promise<void> {
  const [now, afterwards] = [new Date('2026-06-01'), new Date('2026-06-02')];
  const order = { transactionId: id, orderId: open_order?.order_id ?? '' };
  const by = `nurse ${next() % 2}`;
  const request = { by, caller: PROGRAM, note: 'done' };
  await acknowledge(projection, id, request, now).catch(() => null);
  const isStalled = open_order !== null && marks.stale_since !== null;
  if (isStalled) await acknowledgeStalledOrder(projection, order, request, now);
  if (next() % 2) return;
  const withdrawal = { by, caller: PROGRAM, acknowledgedAt: null };
  await withdraw(projection, id, withdrawal, afterwards).catch(() => null);
  if (isStalled) await withdrawFromStalledOrder(projection, order, withdrawal, afterwards);
}

const isOf = (id: string) => (event: DomainEvent) =>
  'transaction_id' in event.detail && event.detail.transaction_id === id;

interface Heard {
  readonly status?: string;
  readonly diverges?: boolean;
  readonly order_id?: string | null;
  readonly stale_since?: string | null;
  readonly acknowledged?: string | null;
  readonly counted?: string | null;
}

const NOTHING_HEARD = {
  status: 'active',
  diverges: false,
  order_id: null,
  stale_since: null,
  acknowledged: null,
  counted: null,
};

/** The state of a consumer that only sees the events. */
function newsOf({ type, detail }: DomainEvent): Heard {
  switch (type) {
    case 'Transaction Completed':
      return { status: `completed ${detail.outcome}` };
    case 'Transaction Cancelled':
      return { status: 'cancelled' };
    case 'Transaction Reopened':
      return { status: 'active', acknowledged: null };
    case 'Redraw Needs Decision':
    case 'Order Failed':
      return { acknowledged: null };
    case 'Divergence Opened':
    case 'Divergence Closed':
      return { diverges: type === 'Divergence Opened' };
    case 'Redraw Order Linked':
      return { order_id: detail.order_id };
    case 'Redraw Progressed':
    case 'Stalled Order Progressed':
      return { stale_since: null, acknowledged: null };
    case 'Redraw Stale':
      return { stale_since: detail.stale_since };
    case 'Order Stalled':
      return { stale_since: detail.stalled_since };
    case 'Redraw Acknowledged':
    case 'Stalled Order Acknowledged':
    case 'Failed Order Acknowledged':
      return { acknowledged: detail.acknowledgement.by };
    case 'Redraw Acknowledgement Withdrawn':
    case 'Stalled Order Acknowledgement Withdrawn':
    case 'Failed Order Acknowledgement Withdrawn':
      return { acknowledged: null };
    case 'Insight Changed':
      return { counted: figuresIn(detail.insight) };
    default:
      return {};
  }
}

/** What a record says of a closed transaction, at whatever revision; null if it is not closed. */
function figuresIn(record: InsightRecord | null): string | null {
  if (record === null || record.outcome === 'open') return null;
  return JSON.stringify({ ...record, revision: null, updated_at: null });
}

function faultsOf({ before, after }: Transition, events: readonly DomainEvent[]): string[] {
  const faults: string[] = [];
  if (JSON.stringify(transactionEvents(before, after)) !== JSON.stringify(events))
    faults.push('repeated with other content');
  if (events.some(({ detail }, index) => !('sequence' in detail && detail.sequence === index)))
    faults.push('not numbered in order');
  for (const { type, detail } of events) {
    const { success, data } = domainEvents[type].safeParse(detail);
    if (!success) faults.push(`${type} does not fit its schema`);
    const {
      revision,
      status = after.status,
      outcome = after.outcome,
    } = (data ?? {}) as Record<string, unknown>;
    const told = JSON.stringify([revision, status, outcome]);
    if (told !== JSON.stringify([after.revision, after.status, after.outcome]))
      faults.push(`${type} tells ${told}`);
    if (detail.id !== detail.id.trim() || !detail.id.startsWith(`${after.id}:${after.revision}:`)) {
      faults.push(`${type} has the id ${detail.id}`);
    }
  }
  return faults;
}

/** The events alone show the end of a transaction. */
function faultsAtTheEnd(last: StoredTransaction, events: readonly DomainEvent[]): string[] {
  // What Junction has to be asked about has no events yet.
  if (isWithheld(last)) return [];
  const told: Required<Heard> = Object.assign({}, NOTHING_HEARD, ...events.map(newsOf));
  const is = {
    status: last.status === 'completed' ? `completed ${last.outcome}` : last.status,
    diverges: last.diverges,
    // A redraw order that turns out to be another kind of order has no event.
    order_id: last.redraw?.order_id ?? told.order_id,
    stale_since: last.marks.stale_since,
    // A decision that is no longer needed has no event of its own.
    acknowledged: followUpOf(last) ? (last.marks.acknowledgement?.by ?? null) : told.acknowledged,
    counted: figuresIn(newInsightRecord(null, last)),
  };
  const faults =
    JSON.stringify(told) === JSON.stringify(is) ? [] : [`${JSON.stringify(told)} for ${JSON.stringify(is)}`];
  const anomalies = new Set(
    events.flatMap(({ type, detail }) =>
      type === 'Transaction Anomaly' ? [`${detail.anomaly.code} ${detail.anomaly.order_id}`] : [],
    ),
  );
  const untold = last.anomalies.filter(({ code, order_id }) => !anomalies.has(`${code} ${order_id}`));
  return [...faults, ...untold.map(({ code }) => `${code} has no event`)];
}

/** What is wrong with one journey in one order of arrival. Adds the types of its events to `kinds`. */
async function fault(seed: number, kinds = new Set<string>()): Promise<string | null> {
  const journey = SMALL_JOURNEYS[seed % SMALL_JOURNEYS.length] ?? { name: '', facts: [] };
  const { name } = journey;
  const deliveries = webhooksOf(journey);
  const next = numbers(seed);
  const arriving = withDuplicates(
    permutationAt(deliveries, (next() % 5_040) % factorial(deliveries.length)),
    next(),
  );
  const transitions = await transitionsOf(arriving, next());
  const all = transitions.map(({ before, after }) => transactionEvents(before, after));
  const faults = transitions.flatMap((transition, index) => faultsOf(transition, all[index] ?? []));
  for (const { type } of all.flat()) kinds.add(type);
  const ids = all.flat().map(({ detail }) => detail.id);
  if (new Set(ids).size < ids.length) faults.push('two events have the same id');
  const last = new Map(transitions.map(({ after }) => [after.id, after]));
  for (const [id, after] of last) {
    // A transaction that was emptied and returns begins again.
    const first = transitions.findLastIndex((one) => one.after.id === id && one.before === null);
    faults.push(...faultsAtTheEnd(after, all.slice(first).flat().filter(isOf(id))));
  }
  if (faults.length === 0) return null;
  return [
    `seed ${seed}, ${name}:`,
    ...faults.slice(0, 10),
    `replay: SEED=${seed} npx vitest run ${FILE}`,
  ].join('\n');
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

test.skipIf(SEED !== undefined)(
  'every change of every small journey has complete events that fit their schemas, once each',
  allSeeds,
  async () => {
    const kinds = new Set<string>();
    for (let seed = 0; seed < SMALL_JOURNEYS.length * ORDERS_OF_ARRIVAL; seed += 1) {
      const found = await fault(seed, kinds);
      if (found) expect.fail(found);
    }
    const ofOthers = [
      'Redraw Review',
      'Match Review Opened',
      'Match Review Closed',
      'Critical Result Reported',
      'Critical Result Acknowledged',
      'Assignment Changed',
      'Note Added',
    ];
    expect([...kinds, ...ofOthers].sort()).toEqual(Object.keys(domainEvents).sort());
  },
);

test.runIf(SEED !== undefined)('one seed', oneSeed, async () => {
  expect(await fault(Number(SEED))).toBeNull();
});

/** The order that a transaction waits for, its stage, and when it is overdue: redraw-worklist.md, "Stalled orders". */
import { DAY, HOUR, plus } from '../reading/clock.ts';
import { compareText, latest } from '../reading/fold.ts';
import { classOf, showsAny, splitStatus } from '../reading/lifecycle.ts';
import type { Member } from './members.ts';
import type { Slots } from './slots.ts';

export interface ExpectedOpenOrder {
  order_id: string;
  /** Null if neither the order nor its status has a time: then the arrival time is used, which is not a fact. */
  stage: string | null;
  due_at: string | null;
}

/** Every way in which an order shows how far it is. A status without a time is as old as its order. */
interface Sign {
  low: string;
  at: string | null;
}

const showsDraw = (low: string) => showsAny(low, 'draw', 'draw and results');
const showsRequisition = (low: string) => showsAny(low, 'requisition', 'test kit', 'appointment');
/** They show no requisition. */
const isUncertainVisit = (low: string) => showsAny(low, 'requested appointment', 'cancelled appointment');

export function openOrderIn({ initial, redraw }: Slots, status: string): ExpectedOpenOrder | null {
  if (initial === null || redraw !== null || status !== 'active' || initial.class !== 'P') return null;
  const { high, low, at } = initial.status;
  if (high === null && low === null && initial.createdAt === null) return null;
  if (at === null && initial.createdAt === null) return { order_id: initial.id, stage: null, due_at: null };
  return { order_id: initial.id, ...overdue(initial) };
}

function overdue(member: Member): { stage: string; due_at: string | null } {
  const own = shownBy(member);
  const signs = [...own.signs, { low: member.status.low ?? '', at: member.status.at ?? member.createdAt }];
  const timesOf = (isOne: (low: string) => boolean) =>
    signs.filter(({ low }) => isOne(low)).flatMap(({ at }) => at ?? []);
  const activated = own.activateBy === null ? '' : dayOver(own.activateBy);
  const ordered = latest([member.createdAt ?? '', activated]) || member.status.at || '';

  const expected = own.expectedBy === null ? '' : dayOver(own.expectedBy);
  const promised = own.worstCaseBy === null ? '' : dayOver(own.worstCaseBy);
  const over = own.visits.filter((visit) => visit.state === 'completed');
  const drawnTimes = [
    ...timesOf(showsDraw),
    ...own.criticals,
    ...over.map((visit) => visit.end ?? visit.start ?? visit.at),
  ].sort();
  const isDrawn =
    signs.some(({ low }) => showsDraw(low)) ||
    over.length > 0 ||
    own.criticals.length > 0 ||
    expected !== '' ||
    promised !== '';
  if (isDrawn) {
    const since = promised || drawnTimes[0] || member.status.at || ordered;
    return {
      stage: 'awaiting_result',
      due_at: latest([plus(since, promised ? 7 * DAY : 30 * DAY), expected]),
    };
  }
  const cancelled = latest(
    own.signs.flatMap(({ low, at }) => (showsAny(low, 'cancelled appointment') ? (at ?? []) : [])),
  );
  const [active] = own.visits
    .filter((visit) => visit.state === 'active' && visit.at >= cancelled)
    .sort(
      (a, b) =>
        Number(b.isSure) - Number(a.isSure) ||
        compareText(b.at, a.at) ||
        compareText(b.start ?? '', a.start ?? '') ||
        compareText(b.id, a.id),
    );
  if (active?.start && active.isSure)
    return { stage: 'awaiting_draw', due_at: plus(latest([active.start, activated]), 3 * DAY) };
  const requested = latest([
    ...timesOf(showsRequisition),
    ...own.visits.filter((visit) => visit.isSure).map(({ at }) => at),
  ]);
  if (requested) {
    const uncertain = [...timesOf(isUncertainVisit), ...own.visits.map(({ at }) => at)];
    return {
      stage: 'awaiting_appointment',
      due_at: plus(latest([requested, ...uncertain, activated]), 30 * DAY),
    };
  }
  return { stage: 'awaiting_requisition', due_at: plus(ordered, 2 * DAY) };
}

/** Whether its own record says that it is an initial order that is over. */
export function isOver({ snapshot, status }: Member['own']): boolean {
  return snapshot?.origin === 'initial' && classOf(status) !== 'P';
}

/** What the order's own record shows. An initial order whose own record is over shows nothing of its way any more. */
function shownBy({ own }: Member) {
  const { snapshot, events, visits, criticals } = own;
  if (isOver(own))
    return { signs: [], visits: [], criticals: [], activateBy: null, expectedBy: null, worstCaseBy: null };
  return {
    signs: events.map(({ status, at }): Sign => ({ low: splitStatus(status).low, at })),
    visits: visits.map(({ appointment, at }) => {
      const { id, status, event_status, start_at: start, end_at: end } = appointment;
      const is = (state: string) => status === state || event_status === state;
      return {
        id,
        at,
        start,
        end,
        isSure: !is('cancelled') && !isUncertain([status, event_status]),
        state: is('completed') ? 'completed' : is('cancelled') ? 'cancelled' : 'active',
      };
    }),
    criticals,
    activateBy: snapshot?.activateBy ?? null,
    expectedBy: snapshot?.expectedResultBy ?? null,
    worstCaseBy: snapshot?.worstCaseResultBy ?? null,
  };
}

/** Whether an appointment is only requested or reserved. */
function isUncertain(states: (string | null)[]): boolean {
  const stated = states.filter((state) => state !== null);
  return stated.length > 0 && stated.every((state) => state === 'pending' || state === 'reserved');
}

/** A date-time is used as it is, except midnight in UTC, which is read as a date. */
function dayOver(date: string): string {
  if (date.length > 10 && !date.endsWith('T00:00:00.000000Z')) return date;
  const next = new Date(Date.parse(`${date.slice(0, 10)}T00:00:00Z`) + DAY);
  const year = next.getUTCFullYear();
  // California: daylight saving time from the second Sunday of March to the first of November, at two in the morning.
  const isSaving = next.getTime() > sunday(year, 2, 8) && next.getTime() <= sunday(year, 10, 1);
  return `${new Date(next.getTime() + (isSaving ? 7 : 8) * HOUR).toISOString().slice(0, 23)}000Z`;
}

function sunday(year: number, month: number, from: number): number {
  const first = new Date(Date.UTC(year, month, from));
  return first.getTime() + ((7 - first.getUTCDay()) % 7) * DAY;
}

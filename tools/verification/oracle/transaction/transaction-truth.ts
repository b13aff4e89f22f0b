/** One transaction, from the records of all its orders at once. */

import type { MissingResult } from '../reading/facts.ts';
import { compareText, latest } from '../reading/fold.ts';
import type { Rules } from '../rules.ts';
import { type Anomaly, anomaliesOf } from './anomalies.ts';
import { type Member, membersOf } from './members.ts';
import { type ExpectedOpenOrder, isOver, openOrderIn } from './open-order.ts';
import type { OnePatient } from './patients.ts';
import { isSingleOrder, type Slots, slotsOf } from './slots.ts';
import { cellFor, outcomeOf } from './truth-table.ts';

export interface ExpectedTransaction {
  id: string;
  status: string;
  outcome: string;
  rule: string;
  rule_source: string;
  reported_status: string | null;
  diverges: boolean;
  team_id: string | null;
  user_id: string | null;
  client_user_id: string | null;
  created_at: string | null;
  updated_at: string | null;
  orders: ExpectedMember[];
  missing_results: MissingResult[];
  redraw: ExpectedRedraw | null;
  decision: ExpectedDecision | null;
  open_order: ExpectedOpenOrder | null;
  anomalies: Anomaly[];
}

interface ExpectedMember {
  id: string;
  origin: string | null;
  parent_id: string | null;
  modality: string | null;
  status: string | null;
  low_level_status: string | null;
  low_level_status_created_at: string | null;
  status_detail: string | null;
  interpretation: null;
  lab_test: { name: string | null; lab: string | null } | null;
  created_at: string | null;
  has_missing_results: boolean | null;
  redraw_available_at: string | null;
  results_reported_at: string | null;
  expected_result_by_date: string | null;
  worst_case_result_by_date: string | null;
}

interface ExpectedDecision {
  reason: string;
  cause: string;
  order_id: string | null;
  since: string | null;
}

interface ExpectedRedraw {
  state: string;
  order_id: string | null;
  single_order: boolean;
  available_at: string | null;
  due_at: null;
  stale_since: null;
  acknowledgement: null;
  decision: Pick<ExpectedDecision, 'cause' | 'since'> | null;
  missing_results: MissingResult[];
}

/** @param patient the orders in the transaction, and those set apart from it */
export function transactionTruth(id: string, patient: OnePatient, rules: Rules): ExpectedTransaction {
  const { together: records, apart, differing } = patient;
  const members = membersOf(records);
  const slots = slotsOf(members);
  const withoutOrder = isSingleOrder(slots) ? 'single_order' : 'none';
  const cell = cellFor(slots.initial?.class ?? 'unseen', slots.redraw?.class ?? withoutOrder);
  const word = junctionsWord(members, rules);
  const takesWord =
    !cell.documented && word.covers && ['active', 'completed', 'cancelled'].includes(word.status ?? '');
  const status = takesWord && word.status ? word.status : cell.status;
  const registeredAt = records.flatMap(({ registration }) => registration?.at ?? []);
  const updatedAt =
    latest(members.flatMap((member) => [member.status.at ?? '', member.createdAt ?? ''])) ||
    latest(registeredAt) ||
    null;
  const outcome = outcomeOf(cell, status, {
    initial: slots.initial?.own.order.has_missing_results ?? null,
    redraw: slots.redraw?.own.order.has_missing_results ?? null,
  });
  return {
    id,
    status,
    outcome,
    rule: cell.rule,
    rule_source: takesWord ? 'reported' : cell.documented ? 'documented' : 'judgement',
    reported_status: word.status,
    diverges: word.covers && word.status !== status,
    ...people(patient),
    created_at:
      earliest(members.map((member) => member.createdAt)) ??
      earliest(members.map((member) => member.status.at)) ??
      earliest(registeredAt),
    updated_at: updatedAt,
    orders: members.map(expectedMember),
    missing_results: stillMissing(slots),
    redraw: redrawOf(slots, { status, outcome, word }, rules),
    decision: decisionIn(slots, { status, outcome, word }, rules),
    open_order: openOrderIn(slots, status),
    anomalies: anomaliesOf(members, slots, cell, { updatedAt, differing: [...apart, ...differing] }),
  };
}

interface Word {
  status: string | null;
  covers: boolean;
}

/** Our word and Junction's. */
interface Stands {
  status: string;
  outcome: string;
  word: Word;
}

/** The one report that counts: state-model.md, "Junction's reported status". */
function junctionsWord(members: Member[], { coversBothWays }: Rules): Word {
  const held = members.map(({ id }) => id);
  const reports = members.flatMap((member) => {
    const report = member.own.snapshot?.report;
    if (!report) return [];
    const times = new Map(report.times);
    const listsAll = members.every(
      ({ id, status }) => times.has(id) && (times.get(id) ?? '') >= (status.at ?? ''),
    );
    const covers = listsAll && (!coversBothWays || [...times.keys()].every((id) => held.includes(id)));
    return [
      {
        status: report.status,
        covers,
        newest: latest([...times.values()].map((at) => at ?? '')),
        listed: times.size,
      },
    ];
  });
  reports.sort(
    (a, b) =>
      Number(a.covers) - Number(b.covers) ||
      compareText(a.newest, b.newest) ||
      a.listed - b.listed ||
      compareText(a.status, b.status),
  );
  return reports.at(-1) ?? { status: null, covers: false };
}

function people({
  owner,
  together,
}: OnePatient): Pick<ExpectedTransaction, 'team_id' | 'user_id' | 'client_user_id'> {
  const newestFirst = together.toSorted(
    (a, b) => compareText(b.status.at ?? '', a.status.at ?? '') || compareText(b.order.id, a.order.id),
  );
  const registered = newestFirst.flatMap(({ registration }) => registration?.userId ?? []);
  const user = owner ?? registered[0] ?? null;
  const ofUser = newestFirst.filter(({ order }) => order.user_id === null || order.user_id === user);
  return {
    team_id: newestFirst.flatMap(({ order }) => order.team_id ?? [])[0] ?? null,
    user_id: user,
    client_user_id: ofUser.flatMap(({ order }) => order.client_user_id ?? [])[0] ?? null,
  };
}

function earliest(times: (string | null)[]): string | null {
  return times.flatMap((at) => at ?? []).sort()[0] ?? null;
}

function expectedMember(member: Member): ExpectedMember {
  const labTest = member.own.order.lab_test;
  return {
    id: member.id,
    origin: member.origin,
    parent_id: member.parentId,
    modality: member.own.order.modality ?? null,
    status: member.status.high,
    low_level_status: member.status.low,
    low_level_status_created_at: member.status.at,
    status_detail: member.statusDetail,
    interpretation: null,
    lab_test: labTest && { name: labTest.name, lab: labTest.lab },
    created_at: member.createdAt,
    has_missing_results: member.own.order.has_missing_results ?? null,
    redraw_available_at: member.availableAt,
    results_reported_at: member.reportedAt,
    expected_result_by_date: isOver(member.own) ? null : member.own.order.expected_result_by_date,
    worst_case_result_by_date: isOver(member.own) ? null : member.own.order.worst_case_result_by_date,
  };
}

const STATE_BY_CLASS = { P: 'in_progress', C: 'completed', X: 'cancelled', F: 'failed', R: 'failed' };

function redrawOf(slots: Slots, stands: Stands, rules: Rules): ExpectedRedraw | null {
  const { redraw } = slots;
  const { status } = stands;
  const alone = isSingleOrder(slots);
  if (!isRedrawn(slots)) return null;
  const decision = decisionIn(slots, stands, rules);
  const open = status === 'active' ? 'expected' : 'cancelled';
  return {
    state: redraw ? STATE_BY_CLASS[redraw.class] : alone ? 'completed' : open,
    order_id: redraw?.id ?? null,
    single_order: alone,
    available_at: availableAt(slots.initialChain),
    due_at: null,
    stale_since: null,
    acknowledgement: null,
    decision: decision && { cause: decision.cause, since: decision.since },
    missing_results: stillMissing(slots),
  };
}

const isRedrawn = (slots: Slots) =>
  slots.initial?.class === 'R' || slots.redraw !== null || isSingleOrder(slots);

/**
 * A redraw is over while the patient still lacks results, or an order failed and none follows, or a redraw may not be needed:
 * somebody has to decide.
 */
function decisionIn(slots: Slots, { status, outcome, word }: Stands, rules: Rules): ExpectedDecision | null {
  const { initial, redraw } = slots;
  if (!isRedrawn(slots)) {
    if (initial?.class !== 'F' || status === 'cancelled') return null;
    const since = initial.status.at;
    return { reason: 'order_failed', cause: 'sample_failed', order_id: initial.id, since };
  }
  if (rules.redrawNotNeeded && mayBeNeedless(slots, status, word)) return ofNeedless(slots);
  if (outcome !== 'results_incomplete' && outcome !== 'failed') return null;
  const over: Record<string, string> = {
    C: 'results_incomplete',
    X: 'redraw_cancelled',
    F: 'redraw_failed',
    R: 'redraw_failed',
    none: 'redraw_cancelled',
  };
  const cause = isSingleOrder(slots) ? 'results_incomplete' : over[redraw?.class ?? 'none'];
  if (cause === undefined) return null;
  const since = (redraw ?? initial)?.status.at ?? null;
  return { reason: 'redraw_ended', cause, order_id: redraw?.id ?? null, since };
}

/** Everything arrived after all while the redraw is on its way, or Junction closed the transaction although it still was, or without ordering one. */
function mayBeNeedless({ initial, redraw }: Slots, status: string, word: Word): boolean {
  const isReportedOver = word.covers && (word.status === 'completed' || word.status === 'cancelled');
  if (!redraw) return initial?.class === 'R' && isReportedOver;
  if (status !== 'active' || redraw.class !== 'P') return false;
  return isReportedOver || (initial?.class === 'C' && initial.own.order.has_missing_results === false);
}

function ofNeedless({ initial, redraw, initialChain }: Slots): ExpectedDecision {
  const what = 'redraw_not_needed';
  const since = initial ? initial.status.at : availableAt(initialChain);
  return { reason: what, cause: what, order_id: redraw?.id ?? null, since };
}

/** Once results have arrived, their order reports what is missing. Until then, what made the redraw necessary is missing. */
function stillMissing({ initial, redraw }: Slots): MissingResult[] {
  const listed = (member: Member | null) => member?.own.missingResults ?? [];
  const cameLast = redraw?.class === 'C' ? redraw : initial?.class === 'C' ? initial : null;
  if (cameLast) return cameLast.own.order.has_missing_results === true ? listed(cameLast) : [];
  if (initial?.class !== 'R' && !redraw) return [];
  return listed(initial).length > 0 ? listed(initial) : listed(redraw);
}

function availableAt(initialChain: Member[]): string | null {
  const events = initialChain.flatMap((member) => member.own.events);
  const own = events
    .filter((event) => event.status.split('.').at(-1) === 'redraw_available')
    .map((event) => event.at);
  const heard = initialChain
    .flatMap((member) => member.heard)
    .flatMap((entry) => (entry.low === 'redraw_available' ? (entry.at ?? []) : []));
  return latest(own) || latest(heard) || null;
}

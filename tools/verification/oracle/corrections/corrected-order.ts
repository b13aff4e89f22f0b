/** What is said of one order once Junction's newest answer has corrected it: design.md, "Corrections". */
import { compareStanding, type DigestChoice, greatest } from '../ranks.ts';
import { HOUR, plus } from '../reading/clock.ts';
import type { AppointmentPayload, Delivery, OrderEvent, OrderPayload, Tier } from '../reading/facts.ts';
import { compareEvents, identityOf } from '../reading/fold.ts';
import { readAs } from '../reading/payload.ts';
import { time } from '../reading/spelling.ts';
import type { Resolved } from '../rules.ts';
import { eventIn, horizonOf, identitiesIn, namedIn, newestAnswer, withdrawnBy } from './answers.ts';
import { type Question, questionsAbout, questionsAboutVisit } from './questions.ts';

/** A delivery with its content as it arrived. */
export interface Heard<P> {
  delivery: Delivery;
  payload: P;
}

export interface Correction {
  /** Junction's newest answer; null if it never answered with an event. */
  answer: OrderPayload | null;
  /** Events that Junction no longer has. */
  withdrawn: OrderEvent[];
  /** Open questions. Each has to plan a check, and an answer asked for later closes it. */
  questions: Question[];
  /** Since when something counts that Junction was asked about and did not answer; null if nothing does. */
  unconfirmedSince: string | null;
}

export interface CorrectedOrder {
  payloads: OrderPayload[];
  /** With the tiers by which they compete with each other. */
  visits: AppointmentPayload[];
  /** The same with the tiers by which they compete with the payloads of the order. */
  visitsAsClaims: AppointmentPayload[];
  /** Each identity that counts once, in the order of the fold. */
  events: OrderEvent[];
  futureEvents: OrderEvent[];
  correction: Correction;
}

type Corrected = Pick<CorrectedOrder, 'payloads'> & Pick<Correction, 'withdrawn' | 'questions'>;

export function correctedOrder(
  heard: readonly Heard<OrderPayload>[],
  visits: readonly AppointmentPayload[],
  choose: DigestChoice,
  circumstances: Resolved,
): CorrectedOrder {
  const answer = newestAnswer(
    heard.map(({ payload }) => payload),
    choose,
  );
  const ranked = visits.map((visit) => ({ ...visit, tier: tierOfVisit(visit, newestOf(visits, visit)) }));
  const asked = corrected(heard, answer, [], circumstances);
  const questions = [...asked.questions, ...questionsOfVisits(ranked)];
  const overdue = questions.filter(({ since }) => isOverdue(since, circumstances));
  const believed = overdue.flatMap(({ webhook }) => webhook ?? []);
  const { payloads, withdrawn } =
    believed.length === 0 ? asked : corrected(heard, answer, believed, circumstances);
  const events = eventsThatCount(payloads, choose);
  const counting = identitiesIn(events);
  return {
    payloads,
    visits: ranked,
    visitsAsClaims: visits.map((visit) => ({ ...visit, tier: isNewer(visit, answer) ? 2 : 0 })),
    events,
    futureEvents: payloads
      .flatMap(({ future }) => future)
      .filter((event) => !counting.has(identityOf(event))),
    correction: {
      answer,
      withdrawn,
      questions,
      unconfirmedSince: overdue.map(({ since }) => since).sort()[0] ?? null,
    },
  };
}

/** A check that Junction has not answered for an hour is given up; without a key, nobody can ask. */
function isOverdue(since: string, { hasKey = true, sweptAt }: Resolved): boolean {
  return !hasKey || (sweptAt !== undefined && plus(since, HOUR) <= time(sweptAt));
}

/** @param believed as they arrived */
function corrected(
  heard: readonly Heard<OrderPayload>[],
  answer: OrderPayload | null,
  believed: readonly OrderPayload[],
  circumstances: Resolved,
): Corrected {
  const raw = heard.map(({ payload }) => payload);
  const withdrawn = withdrawnBy(answer, raw, believed);
  const without = identitiesIn(withdrawn);
  const read = heard.map((one) => ({ arrived: one.payload, payload: leftOf(one, without, circumstances) }));
  const tierOf = (arrived: OrderPayload, payload: OrderPayload): Tier => {
    if (arrived === answer) return 1;
    return believed.includes(arrived) || isNewerThan(answer, payload) ? 2 : 0;
  };
  const tiered = read.map(({ arrived, payload }) => ({
    arrived,
    payload: { ...payload, tier: tierOf(arrived, payload) },
  }));
  const arrivedAs = new Map(tiered.map(({ arrived, payload }) => [payload, arrived]));
  const payloads = tiered.map(({ payload }) => payload);
  const questions = questionsAbout(answer, payloads, (payload) =>
    namedIn(arrivedAs.get(payload) ?? payload).some((event) => without.has(identityOf(event))),
  );
  const asArrived = (webhook: OrderPayload | null) => (webhook && arrivedAs.get(webhook)) ?? null;
  const isDoubted = (payload: OrderPayload) => !believed.includes(arrivedAs.get(payload) ?? payload);
  return {
    payloads: payloads.map((payload) => (isDoubted(payload) ? ownedAsAnswered(payload, answer) : payload)),
    withdrawn,
    questions: questions.map((question) => ({ ...question, webhook: asArrived(question.webhook) })),
  };
}

/** The payload as if it did not have these events, read again only where that can matter. */
function leftOf(
  { delivery, payload }: Heard<OrderPayload>,
  without: ReadonlySet<string>,
  { rules, sweptAt }: Resolved,
): OrderPayload {
  const isWhole = !namedIn(payload).some((event) => without.has(identityOf(event)));
  const left = isWhole ? payload : readAs(delivery, { rules, without });
  if (left.kind !== 'order') throw new Error('an order is an order whichever of its events are left out');
  if (sweptAt === undefined) return left;
  // An event whose time has come counts. How new its payload is was decided when it was received.
  const isElapsed = ({ at }: OrderEvent) => at <= time(sweptAt);
  return {
    ...left,
    counted: [...left.counted, ...left.future.filter(isElapsed)],
    future: left.future.filter((event) => !isElapsed(event)),
  };
}

/** Only Junction's answer changes the user and the team that an earlier one named. */
function ownedAsAnswered(payload: OrderPayload, answer: OrderPayload | null): OrderPayload {
  if (!answer) return payload;
  const { userId, teamId } = answer.snapshot;
  const { snapshot, clientUser } = payload;
  const isOfAnother = clientUser && userId && (clientUser.userId ?? userId) !== userId;
  return {
    ...payload,
    clientUser: isOfAnother ? null : clientUser,
    snapshot: { ...snapshot, userId: userId ?? snapshot.userId, teamId: teamId ?? snapshot.teamId },
  };
}

/** Whether a webhook has a counting event that the answer lacks. */
function isNewerThan(answer: OrderPayload | null, { askedAt, counted }: OrderPayload): boolean {
  if (!answer || askedAt !== '') return false;
  const inAnswer = identitiesIn(namedIn(answer));
  return counted.some((event) => !inAnswer.has(identityOf(event)));
}

/** Each identity as the payload of the greatest standing has it. */
function eventsThatCount(payloads: OrderPayload[], choose: DigestChoice): OrderEvent[] {
  const events = [...identitiesIn(payloads.flatMap(({ counted }) => counted))].flatMap((identity) => {
    const naming = payloads.filter(({ counted }) => identitiesIn(counted).has(identity));
    const told = ({ counted }: OrderPayload) => eventIn(counted, identity);
    const isLeading = naming.some((payload) =>
      payloads.every((other) => compareStanding(payload, other) >= 0),
    );
    // What the newest payload does not name, it does not place among the others either.
    if (!isLeading) return naming.flatMap(told).sort(compareEvents).slice(-1);
    const newest = greatest(naming, payloads, told, choose);
    return newest ? told(newest) : [];
  });
  return events.sort(compareEvents);
}

/** The newest answer about the same appointment. */
function newestOf(visits: readonly AppointmentPayload[], { appointment }: AppointmentPayload) {
  const answers = visits.filter(
    ({ askedAt, appointment: { id } }) => askedAt !== '' && id === appointment.id,
  );
  return answers.find(({ askedAt }) => answers.every((other) => other.askedAt <= askedAt)) ?? null;
}

function tierOfVisit(visit: AppointmentPayload, answer: AppointmentPayload | null): Tier {
  if (answer === null) return 0;
  if (visit.askedAt === answer.askedAt) return 1;
  return isNewer(visit, answer) && visit.rank[0] > answer.rank[0] ? 2 : 0;
}

/** An appointment's events have no identity: it is newer if it has one that the answer cannot have known. */
function isNewer(visit: AppointmentPayload, answer: { askedAt: string } | null): boolean {
  if (answer === null) return false;
  const horizon = horizonOf(answer);
  return visit.receivedAt >= horizon && visit.rank[0] >= horizon;
}

function questionsOfVisits(visits: readonly AppointmentPayload[]): Question[] {
  const ids = [...new Set(visits.map(({ appointment }) => appointment.id))];
  return ids.flatMap((id) => questionsAboutVisit(visits.filter(({ appointment }) => appointment.id === id)));
}

/** Contradictions that only Junction can settle. Each has to plan a check: design.md, "Corrections". */
import { compareStanding } from '../ranks.ts';
import { canBeSame } from '../reading/clock.ts';
import type { AppointmentPayload, OrderEvent, OrderPayload } from '../reading/facts.ts';
import { compareText, identityOf, nameOf } from '../reading/fold.ts';
import { canonical } from '../reading/spelling.ts';
import { eventIn, identitiesIn, namedIn } from './answers.ts';

/**
 * - `event_withdrawn`: a webhook after the answer has an event that the answer took back.
 * - `other_content`: a webhook after the answer has the same events and other content.
 * - `other_owner`: a webhook after the answer has newer events, and names another user or team.
 * - `taken_back`: a webhook after the answer lacks some of its events, and was updated after it was asked for.
 * - `rewound`: a webhook was updated after everything that the newest one tells, but has fewer, or earlier, events.
 * - `tie`: two webhooks of the same rank have different content.
 * - `last_event`: the newest webhook says itself that another event is the last one than its list does.
 * - `appointment`: the same for an appointment as `tie` or `other_content`.
 */
type QuestionKind =
  | 'event_withdrawn'
  | 'other_content'
  | 'other_owner'
  | 'taken_back'
  | 'rewound'
  | 'tie'
  | 'last_event'
  | 'appointment';

export interface Question {
  kind: QuestionKind;
  /** When the contradiction was received. The check is due from then on, and an answer asked later settles it. */
  since: string;
  /** The webhook that counts if Junction does not answer; null if nothing depends on it. */
  webhook: OrderPayload | null;
}

/**
 * The open questions about an order.
 *
 * @param payloads read without the withdrawn events, with their tiers
 */
export function questionsAbout(
  answer: OrderPayload | null,
  payloads: readonly OrderPayload[],
  withdrawnIn: (payload: OrderPayload) => boolean,
): Question[] {
  const open = payloads.filter(
    ({ askedAt, receivedAt }) => askedAt === '' && receivedAt > (answer?.askedAt ?? ''),
  );
  const against = open.flatMap((webhook) => {
    const kind = withdrawnIn(webhook) ? 'event_withdrawn' : answer && kindAgainst(answer, webhook);
    return kind ? [{ kind, since: webhook.receivedAt, webhook } satisfies Question] : [];
  });
  const greatest = payloads.filter((payload) =>
    payloads.every((other) => compareStanding(payload, other) >= 0),
  );
  const newest = greatest.filter((payload) => open.includes(payload));
  const doubtful = newest.filter(({ disagreesOnLast }) => disagreesOnLast);
  return [
    ...against,
    ...firstDifference(newest, contradict).map((since): Question => ({ kind: 'tie', since, webhook: null })),
    ...rewinding(open, newest).map((since): Question => ({ kind: 'rewound', since, webhook: null })),
    ...doubtful.map(({ receivedAt: since }): Question => ({ kind: 'last_event', since, webhook: null })),
  ].sort((a, b) => compareText(a.since, b.since));
}

/** Null if the webhook is late and says nothing new, or if it is newer than the answer and of the same owner. */
function kindAgainst(answer: OrderPayload, webhook: OrderPayload): QuestionKind | null {
  const inAnswer = identitiesIn(namedIn(answer));
  const inWebhook = identitiesIn(namedIn(webhook).filter((event) => inAnswer.has(identityOf(event))));
  if ([...identitiesIn(webhook.counted)].some((identity) => !inAnswer.has(identity)))
    return differInOwner(answer, webhook) ? 'other_owner' : null;
  if (inWebhook.size < inAnswer.size) return webhook.updatedAt > answer.askedAt ? 'taken_back' : null;
  return contradict(answer, webhook) ? 'other_content' : null;
}

/** When it was known that a webhook was updated after the newest one and its events, although it tells less. */
function rewinding(open: readonly OrderPayload[], newest: readonly OrderPayload[]): string[] {
  return newest.flatMap((other) =>
    open
      .filter((webhook) => compareStanding(webhook, other) < 0 && other.updatedAt !== '')
      .filter(({ updatedAt }) => updatedAt > other.updatedAt && updatedAt > other.rank[0])
      .map(({ receivedAt }) => (receivedAt > other.receivedAt ? receivedAt : other.receivedAt)),
  );
}

/** When the first of the payloads was received that contradicts an earlier one. */
function firstDifference<P extends { receivedAt: string }>(
  payloads: readonly P[],
  differ: (one: P, other: P) => boolean,
): string[] {
  const inOrder = payloads.toSorted((a, b) => compareText(a.receivedAt, b.receivedAt));
  const [first, ...later] = inOrder;
  const different = first && later.find((payload) => differ(first, payload));
  return different ? [different.receivedAt] : [];
}

/** Whether two payloads with the same events cannot both be right at the same time. */
function contradict(one: OrderPayload, other: OrderPayload): boolean {
  return (
    canonical(ownFields(one)) !== canonical(ownFields(other)) ||
    areDifferent(one.transactionId, other.transactionId) ||
    differInOwner(one, other) ||
    namedIn(one).some((event) => {
      const [same] = eventIn(namedIn(other), identityOf(event));
      return same && !isAlike(event, same);
    })
  );
}

const areDifferent = (a: string | null, b: string | null) => a !== null && b !== null && a !== b;

function differInOwner({ snapshot: one }: OrderPayload, { snapshot: other }: OrderPayload): boolean {
  return areDifferent(one.userId, other.userId) || areDifferent(one.teamId, other.teamId);
}

function isAlike(one: OrderEvent, other: OrderEvent): boolean {
  return one.status === other.status && canBeSame(one.at, other.at);
}

/** Everything about the order itself that every payload of Junction tells. */
function ownFields({ snapshot, counted }: OrderPayload) {
  const { origin, parentId, modality, labTest, hasMissingResults, topStatus, createdAt, details } = snapshot;
  const { expectedResultBy, worstCaseResultBy, activateBy } = snapshot;
  return {
    origin,
    parentId,
    modality,
    labTest,
    hasMissingResults,
    createdAt,
    expectedResultBy,
    worstCaseResultBy,
    activateBy,
    topStatus: counted.length === 0 ? topStatus : null,
    details: counted.flatMap((event) => details[nameOf(event)] ?? []).sort(),
  };
}

/** The open questions about one appointment, with their tiers. */
export function questionsAboutVisit(visits: readonly AppointmentPayload[]): Question[] {
  const answers = visits.filter(({ askedAt }) => askedAt !== '');
  const askedAt =
    answers
      .map((answer) => answer.askedAt)
      .sort()
      .at(-1) ?? '';
  const open = visits.filter((visit) => visit.askedAt === '' && visit.receivedAt > askedAt);
  const greatest = visits.filter((visit) => visits.every((other) => compareStanding(visit, other) >= 0));
  const differ = (one: AppointmentPayload, other: AppointmentPayload) =>
    canonical(one.appointment) !== canonical(other.appointment);
  const [answer] = greatest.filter((visit) => visit.askedAt !== '');
  const against = answer
    ? open.filter((visit) => visit.rank[0] >= answer.rank[0] && differ(answer, visit))
    : [];
  const since = [
    ...against.map(({ receivedAt }) => receivedAt),
    ...firstDifference(
      greatest.filter((visit) => open.includes(visit)),
      differ,
    ),
  ];
  return since.map((at): Question => ({ kind: 'appointment', since: at, webhook: null }));
}

/**
 * How the contributions of a transaction are stored. Every write costs the size of the item, so names and times are short, and
 * what most orders of a transaction share is stored once. docs/state-model.md, Stored items, has the names.
 */
import { type Instant, instantOfStamp, stampOf } from '../../domain/instant.ts';
import type { Contribution } from '../../domain/members/contribution.ts';
import type { Contributions } from '../../domain/members/transaction-orders.ts';
import type { OrderDurations } from '../../domain/order/order-durations.ts';
import type { OrderProgress } from '../../domain/order/order-progress.ts';
import type { SiblingFact, TransactionReport } from '../../domain/order/order-record.ts';

/** The fields that are stored as they are, with their stored names. Empty ones are left out. */
const PLAIN = {
  status: 'high',
  low_level_status: 'low',
  status_detail: 'detail',
  interpretation: 'interpretation',
  origin: 'origin',
  listed_rank: 'listed',
  apart_from: 'apart_from',
  registered_user_id: 'registered_user',
  has_missing_results: 'missing',
  told_markers: 'markers',
} as const satisfies Partial<Record<keyof Contribution, string>>;

/** The fields that are stored as stamps. */
const TIMES = {
  low_level_status_created_at: 'at',
  created_at: 'created',
  heard_at: 'heard_at',
  registered_at: 'registered',
  redraw_available_at: 'redraw_at',
  results_reported_at: 'results_at',
} as const satisfies Partial<Record<keyof Contribution, string>>;

/** The fields that a contribution lacks rather than has empty. They are rare. */
const OPTIONAL = ['critical', 'answered_at', 'question_at', 'ahead_at', 'end_since'] as const;

const PROGRESS_TIMES = {
  requisition_at: 'requisition',
  booking_at: 'booking',
  attempt_at: 'attempt',
  appointment_start_at: 'appointment',
  drawn_at: 'drawn_at',
} as const satisfies Partial<Record<keyof OrderProgress, string>>;

const PROGRESS_PLAIN = {
  activate_by: 'activate_by',
  unconfirmed: 'unconfirmed',
  drawn: 'drawn',
  expected_result_by_date: 'expected',
  worst_case_result_by_date: 'worst',
} as const satisfies Partial<Record<keyof OrderProgress, string>>;

const DURATIONS = ['requisition', 'appointment', 'draw', 'result', 'answer'] as const;

/** What the orders of a transaction usually have in common. A contribution stores only what differs. */
export type Shared = Pick<Contribution, 'user_id' | 'team_id' | 'client_user_id' | 'modality' | 'lab_test'>;
const SHARED = ['user_id', 'team_id', 'client_user_id', 'modality', 'lab_test'] as const;
const NOTHING_SHARED: Shared = {
  user_id: null,
  team_id: null,
  client_user_id: null,
  modality: null,
  lab_test: null,
};

type Stored = Readonly<Record<string, unknown>>;

/** The shared fields of a transaction: its identities, and the test of the first of its orders by id. */
export function sharedBy(
  identities: Pick<Shared, 'user_id' | 'team_id' | 'client_user_id'>,
  contributions: Contributions,
): Shared {
  const [first] = Object.keys(contributions).sort();
  const { modality, lab_test } = (first !== undefined && contributions[first]) || NOTHING_SHARED;
  const { user_id, team_id, client_user_id } = identities;
  return { user_id, team_id, client_user_id, modality, lab_test };
}

export function encodeShared({ lab_test, ...others }: Shared): Stored {
  return known({ ...others, test: lab_test && [lab_test.name, lab_test.lab] });
}

export function decodeShared({ user_id, team_id, client_user_id, modality, test }: Stored): Shared {
  const texts = { user_id, team_id, client_user_id, modality } as Partial<Shared>;
  return { ...NOTHING_SHARED, ...known(texts), lab_test: decodeTest(test) };
}

const decodeTest = (test: unknown) =>
  Array.isArray(test) ? ({ name: test[0], lab: test[1] } as Contribution['lab_test']) : null;

/** The contributions in their stored form. */
export function encodeContributions(contributions: Contributions, shared: Shared): Record<string, Stored> {
  const ids = Object.keys(contributions);
  return Object.fromEntries(
    Object.entries(contributions).map(([id, one]) => [id, encode(one, shared, new References(id, ids))]),
  );
}

export function decodeContributions(stored: Readonly<Record<string, Stored>>, shared: Shared): Contributions {
  const ids = Object.keys(stored);
  return Object.fromEntries(
    Object.entries(stored).map(([id, one]) => [id, decode(one, shared, new References(id, ids))]),
  );
}

function encode(one: Contribution, shared: Shared, references: References): Stored {
  const { version, claimed_by, parent_id, missing_results, durations, progress, heard, report } = one;
  return {
    v: version,
    ...renamed(one, PLAIN, (value) => value),
    ...renamed(one, TIMES, stamped),
    ...differing(one, shared),
    ...known({
      claimed_by: claimed_by === 'own' ? null : (claimed_by ?? NOBODY),
      parent: parent_id && references.to(parent_id),
      missing_results: notEmpty(missing_results),
      durations: durations && DURATIONS.map((name) => durations[name] ?? '').join(','),
      progress: progress && {
        ...renamed(progress, PROGRESS_PLAIN, (value) => value),
        ...renamed(progress, PROGRESS_TIMES, stamped),
      },
      heard: notEmpty(heard.map((fact) => encodeFact(fact, references))),
      report: report && encodeReport(report, references),
      anomalies: notEmpty(one.anomalies),
    }),
    ...Object.fromEntries(OPTIONAL.flatMap((name) => (one[name] === undefined ? [] : [[name, one[name]]]))),
  };
}

function decode(stored: Stored, shared: Shared, references: References): Contribution {
  const { v, claimed_by = 'own', parent, missing_results = [], durations, progress, heard = [] } = stored;
  return {
    version: v,
    ...restored(stored, PLAIN, (value) => value),
    ...restored(stored, TIMES, instantOf),
    ...Object.fromEntries(
      SHARED.map((name) => [name, stored[name] === undefined ? shared[name] : stored[name]]),
    ),
    claimed_by: claimed_by === NOBODY ? null : claimed_by,
    parent_id: typeof parent === 'string' ? references.from(parent) : null,
    missing_results,
    durations: typeof durations === 'string' ? decodeDurations(durations) : null,
    progress: progress ? decodeProgress(progress as Stored) : null,
    heard: (heard as readonly string[]).map((fact) => decodeFact(fact, references)),
    report: stored.report ? decodeReport(stored.report as StoredReport, references) : null,
    anomalies: stored.anomalies ?? [],
    ...Object.fromEntries(
      OPTIONAL.flatMap((name) => (stored[name] === undefined ? [] : [[name, stored[name]]])),
    ),
  } as unknown as Contribution;
}

/** No claim names the order. */
const NOBODY = 'nobody';

const stamped = (value: unknown) => stampOf(value as Instant);
const instantOf = (value: unknown) => instantOfStamp(value as string);
const stampOrNull = (instant: Instant | null) => instant && stampOf(instant);
const instantOrNull = (value: unknown) => (typeof value === 'string' ? instantOfStamp(value) : null);
const notEmpty = <One>(list: readonly One[]) => (list.length > 0 ? list : null);

/** The fields that are not null. */
const known = (fields: object): Stored =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));

/** The fields under their stored names, without those that are empty. */
function renamed(
  fields: object,
  names: Readonly<Record<string, string>>,
  encoded: (value: unknown) => unknown,
): Stored {
  const all = fields as Stored;
  return Object.fromEntries(
    Object.entries(names).flatMap(([long, short]) =>
      all[long] === null || all[long] === undefined ? [] : [[short, encoded(all[long])]],
    ),
  );
}

/** The fields under their own names, null where nothing is stored. */
function restored(
  stored: Stored,
  names: Readonly<Record<string, string>>,
  decoded: (value: unknown) => unknown,
): Stored {
  return Object.fromEntries(
    Object.entries(names).map(([long, short]) => [
      long,
      stored[short] === undefined ? null : decoded(stored[short]),
    ]),
  );
}

/** The shared fields that differ here. A null says that there is none here. */
function differing(one: Contribution, shared: Shared): Stored {
  const { name, lab } = one.lab_test ?? {};
  const isTested = name === shared.lab_test?.name && lab === shared.lab_test?.lab;
  return Object.fromEntries(
    SHARED.flatMap((field) =>
      (field === 'lab_test' ? isTested : one[field] === shared[field]) ? [] : [[field, one[field]]],
    ),
  );
}

function decodeDurations(text: string): OrderDurations {
  const hours = text.split(',').map((value) => (value === '' ? null : Number(value)));
  return Object.fromEntries(
    DURATIONS.map((name, index) => [name, hours[index] ?? null]),
  ) as unknown as OrderDurations;
}

function decodeProgress(stored: Stored): Partial<OrderProgress> {
  return known({
    ...restored(stored, PROGRESS_PLAIN, (value) => value),
    ...restored(stored, PROGRESS_TIMES, instantOf),
  });
}

function encodeFact(fact: SiblingFact, references: References): string {
  const { order_id, status, status_at, origin, parent_id, created_at } = fact;
  const parent = parent_id && references.to(parent_id);
  const fields = [
    references.to(order_id),
    stampOrNull(status_at),
    status,
    origin,
    parent,
    stampOrNull(created_at),
  ];
  // Nulls at the end are left out.
  return JSON.stringify(fields.slice(0, fields.findLastIndex((field) => field !== null) + 1));
}

function decodeFact(text: string, references: References): SiblingFact {
  const [order, statusAt, status = null, origin = null, parent = null, created] = JSON.parse(text);
  return {
    order_id: references.from(order),
    status,
    status_at: instantOrNull(statusAt),
    origin,
    parent_id: parent === null ? null : references.from(parent),
    created_at: instantOrNull(created),
  };
}

interface StoredReport {
  readonly status?: string;
  readonly orders: Readonly<Record<string, string>>;
}

function encodeReport({ status, orders }: TransactionReport, references: References): Stored {
  const entries = Object.entries(orders).map(([id, at]) => [references.to(id), stampOrNull(at) ?? '']);
  return known({ status, orders: Object.fromEntries(entries) });
}

function decodeReport(
  { status = null as never, orders }: StoredReport,
  references: References,
): TransactionReport {
  const entries = Object.entries(orders).map(([order, at]) => [
    references.from(order),
    at === '' ? null : instantOfStamp(at),
  ]);
  return { status, orders: Object.fromEntries(entries) };
}

const ITSELF = '.';
const WHOLE = '=';
const SHORT_LENGTH = 12;

/** Names orders of a transaction by the end of their ids. Others are named by their whole ids. */
class References {
  readonly #self: string;
  readonly #ids: readonly string[];

  constructor(self: string, ids: readonly string[]) {
    this.#self = self;
    this.#ids = ids;
  }

  to(id: string): string {
    if (id === this.#self) return ITSELF;
    const short = id.slice(-SHORT_LENGTH);
    return this.#ids.includes(id) && this.#endingWith(short).length === 1 ? short : `${WHOLE}${id}`;
  }

  from(reference: string): string {
    if (reference === ITSELF) return this.#self;
    if (reference.startsWith(WHOLE)) return reference.slice(WHOLE.length);
    const [id] = this.#endingWith(reference);
    if (id === undefined) throw new TypeError('a reference to an unknown order');
    return id;
  }

  #endingWith(end: string): string[] {
    return this.#ids.filter((id) => id.endsWith(end));
  }
}

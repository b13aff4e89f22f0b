/**
 * How the contributions of a transaction are stored. Every write costs the size of the item, so names and times are short, and
 * what most orders of a transaction share is stored once. docs/state-model.md, Stored items, has the names.
 */
import { type Instant, instantOfStamp, stampOf } from '../../domain/instant.ts';
import type { Contribution } from '../../domain/members/contribution.ts';
import type { Contributions } from '../../domain/members/transaction-orders.ts';
import type { OrderDurations } from '../../domain/order/order-durations.ts';
import type { OrderProgress } from '../../domain/order/order-progress.ts';
import { longWord, shortWord } from '../status-words.ts';
import { References } from './order-references.ts';
import { decodeFact, decodeReport, encodeFact, encodeReport, type StoredReport } from './report-encoding.ts';
import { foldedClientUserId, idInPlace as idIn } from './user-places.ts';

/** The fields that are stored as they are, with their stored names. Empty ones are left out. */
const PLAIN = {
  low_level_status: 'low',
  status_detail: 'detail',
  interpretation: 'interpretation',
  origin: 'from',
  listed_rank: 'listed',
  apart_from: 'apart_from',
  registered_user_id: 'registered_user',
  has_missing_results: 'lacks',
  told_markers: 'markers',
} as const satisfies Partial<Record<keyof Contribution, string>>;

/** The time of the order's status. Of the other times, one that is the same is stored as `SAME`. */
const AT = 'at';
const SAME = '=';

/** The fields that are stored as stamps. */
const TIMES = {
  low_level_status_created_at: AT,
  created_at: 'made',
  heard_at: 'seen',
  registered_at: 'registered',
  redraw_available_at: 'redraw',
  results_reported_at: 'answer',
} as const satisfies Partial<Record<keyof Contribution, string>>;

/** The times that a contribution lacks rather than has empty. They are rare. */
const OPTIONAL_TIMES = ['answered_at', 'question_at', 'ahead_at', 'end_since'] as const;

const PROGRESS_TIMES = {
  requisition_at: 'req',
  booking_at: 'book',
  attempt_at: 'try',
  appointment_start_at: 'appt',
  drawn_at: 'draw',
} as const satisfies Partial<Record<keyof OrderProgress, string>>;

const PROGRESS_PLAIN = {
  activate_by: 'activate_by',
  unconfirmed: 'unconfirmed',
  drawn: 'drawn',
  expected_result_by_date: 'exp',
  worst_case_result_by_date: 'worst',
} as const satisfies Partial<Record<keyof OrderProgress, string>>;

const OPTIONAL_NAMES = Object.fromEntries(OPTIONAL_TIMES.map((name) => [name, name.split('_')[0] ?? name]));

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

/** The ids of the user are in the keys of the indexes that list the transaction, the client's only in its search form. */
export function encodeShared({ lab_test, user_id: _, client_user_id, modality, ...others }: Shared): Stored {
  const isInKey = client_user_id === null || client_user_id === foldedClientUserId(client_user_id);
  return known({
    ...others,
    ...(!isInKey && { client_user_id }),
    by: modality && shortWord(modality),
    test: lab_test && [lab_test.name, lab_test.lab],
  });
}

export function decodeShared(stored: Stored): Shared {
  const { u_pk, u_sk, c_pk, c_sk, team_id, by, test } = stored;
  const { client_user_id = idIn(c_pk, c_sk) } = stored;
  const modality = typeof by === 'string' ? longWord(by) : null;
  const texts = { user_id: idIn(u_pk, u_sk), team_id, client_user_id, modality } as Partial<Shared>;
  return { ...NOTHING_SHARED, ...known(texts), lab_test: decodeTest(test) };
}

const decodeTest = (test: unknown) =>
  Array.isArray(test) ? ({ name: test[0], lab: test[1] } as Contribution['lab_test']) : null;

/** The contributions in their stored form. */
export function encodeContributions(contributions: Contributions, shared: Shared): Record<string, Stored> {
  const ids = Object.keys(contributions);
  return Object.fromEntries(
    Object.entries(contributions).map(([id, one]) => {
      const references = new References(id, ids);
      const { heard, report } = one;
      return [
        id,
        {
          ...encode(one, shared, references),
          ...known({
            heard: notEmpty(heard.map((fact) => encodeFact(fact, references, contributions))),
            report: report && encodeReport(report, references, contributions),
          }),
        },
      ];
    }),
  );
}

export function decodeContributions(stored: Readonly<Record<string, Stored>>, shared: Shared): Contributions {
  const ids = Object.keys(stored);
  const decoded = Object.fromEntries(
    Object.entries(stored).map(([id, one]) => [id, decode(one, shared, new References(id, ids))]),
  );
  return Object.fromEntries(
    Object.entries(stored).map(([id, { heard = [], report }]) => {
      const references = new References(id, ids);
      const facts = {
        heard: (heard as readonly string[]).map((fact) => decodeFact(fact, references, decoded)),
        report: report ? decodeReport(report as StoredReport, references, decoded) : null,
      };
      return [id, { ...decoded[id], ...facts } as Contribution];
    }),
  );
}

function encode(one: Contribution, shared: Shared, references: References): Stored {
  const { version, claimed_by, parent_id, missing_results, durations, progress } = one;
  const times = renamed(one, TIMES, stamped);
  const at = times[AT];
  const shortened = (stamp: unknown) => (stamp === at ? SAME : stamp);
  return {
    v: version,
    ...known({ high: one.status && shortWord(one.status) }),
    ...renamed(one, PLAIN, (value) => value),
    ...mapped(times, shortened),
    ...(at !== undefined && { [AT]: at }),
    ...differing(one, shared),
    ...known({
      claimed_by: claimed_by === 'own' ? null : (claimed_by ?? NOBODY),
      parent: parent_id && references.to(parent_id),
      missing_results: notEmpty(missing_results),
      took: durations && DURATIONS.map((name) => durations[name] ?? '').join(','),
      so_far: progress && {
        ...renamed(progress, PROGRESS_PLAIN, (value) => value),
        ...mapped(renamed(progress, PROGRESS_TIMES, stamped), shortened),
      },
      anomalies: notEmpty(one.anomalies),
      critical: one.critical,
    }),
    ...renamed(one, OPTIONAL_NAMES, stamped),
  };
}

/** Without what its payloads report about the other orders, which can refer to their contributions. */
function decode(
  stored: Stored,
  shared: Shared,
  references: References,
): Omit<Contribution, 'heard' | 'report'> {
  const time = (stamp: unknown) => instantOf(stamp === SAME ? stored[AT] : stamp);
  const { v, claimed_by = 'own', parent, missing_results = [], took, so_far, critical } = stored;
  return {
    version: v,
    status: typeof stored.high === 'string' ? longWord(stored.high) : null,
    ...restored(stored, PLAIN, (value) => value),
    ...restored(stored, TIMES, time),
    ...Object.fromEntries(
      SHARED.map((name) => [name, stored[name] === undefined ? shared[name] : stored[name]]),
    ),
    claimed_by: claimed_by === NOBODY ? null : claimed_by,
    parent_id: typeof parent === 'string' ? references.from(parent) : null,
    missing_results,
    durations: typeof took === 'string' ? decodeDurations(took) : null,
    progress: so_far ? decodeProgress(so_far as Stored, time) : null,
    anomalies: stored.anomalies ?? [],
    ...known({ critical, ...restored(stored, OPTIONAL_NAMES, instantOf) }),
  } as unknown as Contribution;
}

/** No claim names the order. */
const NOBODY = 'nobody';

const stamped = (value: unknown) => stampOf(value as Instant);
const instantOf = (value: unknown) => instantOfStamp(value as string);
const notEmpty = <One>(list: readonly One[]) => (list.length > 0 ? list : null);

/** The fields that are not null. */
const known = (fields: object): Stored =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));

const mapped = (fields: Stored, change: (value: unknown) => unknown): Stored =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, change(value)]));

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

function decodeProgress(stored: Stored, time: (stamp: unknown) => Instant): Partial<OrderProgress> {
  return known({
    ...restored(stored, PROGRESS_PLAIN, (value) => value),
    ...restored(stored, PROGRESS_TIMES, time),
  });
}

import type { OrderDurations } from '../../domain/order/order-durations.ts';
import type { SiblingFact } from '../../domain/order/order-record.ts';
import type { Contribution } from '../../domain/transaction/contribution.ts';
import type { Contributions } from '../../domain/transaction/transaction-orders.ts';

type NullableField = {
  [Field in keyof Contribution]-?: null extends Contribution[Field] ? Field : never;
}[keyof Contribution];

/** What a contribution has in fields that are not stored. Most are empty, and a write costs the item's size. */
const EMPTY: Pick<Contribution, NullableField | 'missing_results' | 'anomalies'> = {
  status: null,
  low_level_status: null,
  low_level_status_created_at: null,
  status_detail: null,
  interpretation: null,
  origin: null,
  parent_id: null,
  modality: null,
  lab_test: null,
  created_at: null,
  heard_at: null,
  claimed_by: null,
  listed_rank: null,
  apart_from: null,
  registered_at: null,
  user_id: null,
  registered_user_id: null,
  client_user_id: null,
  team_id: null,
  has_missing_results: null,
  missing_results: [],
  told_markers: null,
  redraw_available_at: null,
  results_reported_at: null,
  durations: null,
  progress: null,
  report: null,
  anomalies: [],
};

const NOTHING_HEARD: Omit<SiblingFact, 'order_id'> = {
  status: null,
  status_at: null,
  origin: null,
  parent_id: null,
  created_at: null,
};

/** A contribution with its durations in their stored form. */
type StoredContribution = Omit<Contribution, 'durations'> & { readonly durations?: string };

const DURATIONS = ['requisition', 'appointment', 'draw', 'result', 'answer'] as const;

/** The durations as a short text, `0,,,52,60`: a write costs the item's size. Null if none is known. */
function encodeDurations(durations: OrderDurations | null): string | null {
  return durations && DURATIONS.map((name) => durations[name] ?? '').join(',');
}

function decodeDurations(text: string | undefined): OrderDurations | null {
  if (text === undefined) return null;
  const hours = text.split(',').map((value) => (value === '' ? null : Number(value)));
  return Object.fromEntries(
    DURATIONS.map((name, index) => [name, hours[index] ?? null]),
  ) as unknown as OrderDurations;
}

/** The contributions in their stored form, without empty fields. */
export function encodeContributions(contributions: Contributions): Record<string, object> {
  return Object.fromEntries(
    Object.entries(contributions).map(([id, contribution]) => [
      id,
      {
        ...known({ ...contribution, durations: encodeDurations(contribution.durations) }, EMPTY),
        heard: contribution.heard.map((fact) => known(fact, NOTHING_HEARD)),
      },
    ]),
  );
}

export function decodeContributions(stored: Readonly<Record<string, object>>): Contributions {
  return Object.fromEntries(
    Object.entries(stored).map(([id, contribution]) => {
      const { heard, ...fields } = contribution as StoredContribution;
      const durations = decodeDurations(fields.durations);
      return [
        id,
        { ...EMPTY, ...fields, durations, heard: heard.map((fact) => ({ ...NOTHING_HEARD, ...fact })) },
      ];
    }),
  );
}

/** The fields that are not empty. */
function known(fields: object, empty: object): object {
  const isEmpty = (field: string, value: unknown) =>
    Object.hasOwn(empty, field) && (value === null || (Array.isArray(value) && value.length === 0));
  return Object.fromEntries(Object.entries(fields).filter(([field, value]) => !isEmpty(field, value)));
}

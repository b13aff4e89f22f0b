/** The owner of a transaction, and the orders that are set apart from it: state-model.md, "One patient". */

import type { Record } from '../order-truth.ts';
import { compareText } from '../reading/fold.ts';

export interface OnePatient {
  owner: string | null;
  /** The orders that stay in the transaction. */
  together: Record[];
  /** The orders of other users, each of which is alone. */
  apart: Record[];
  /** Test kits that stay although they name another user. */
  differing: Record[];
}

/** @param records all orders whose claim names the transaction */
export function onePatient(records: Record[]): OnePatient {
  const giver = ownerGiver(records);
  if (!giver) return { owner: null, together: records, apart: [], differing: [] };
  const kitsMayDiffer = isTestKit(giver);
  const owner = ownUser(kitsMayDiffer ? newestTestKit(records, giver) : giver);
  const differs = (record: Record) => ownUser(record) !== null && ownUser(record) !== owner;
  const isApart = (record: Record) => differs(record) && !(kitsMayDiffer && isTestKit(record));
  return {
    owner,
    together: records.filter((record) => !isApart(record)),
    apart: records.filter(isApart),
    differing: records.filter((record) => differs(record) && !isApart(record)),
  };
}

/** The user that the newest payload names; not that of an earlier payload or of a registration. */
function ownUser({ snapshot }: Record): string | null {
  return snapshot?.userId ?? null;
}

/** The first initial order with an own user, otherwise the first order with one. */
function ownerGiver(records: Record[]): Record | undefined {
  const oldestFirst = records
    .filter((record) => ownUser(record) !== null)
    .sort(
      (a, b) =>
        compareText(a.order.created_at ?? '~', b.order.created_at ?? '~') ||
        compareText(a.order.id, b.order.id),
    );
  return oldestFirst.find(({ order }) => order.origin === 'initial') ?? oldestFirst[0];
}

function newestTestKit(records: Record[], giver: Record): Record {
  const ascending = records
    .filter((record) => isTestKit(record) && ownUser(record) !== null)
    .sort((a, b) => compareText(a.status.at ?? '', b.status.at ?? '') || compareText(a.order.id, b.order.id));
  return ascending.at(-1) ?? giver;
}

function isTestKit({ order }: Record): boolean {
  return order.modality === 'testkit';
}

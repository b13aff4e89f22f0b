import { byKey, greatest } from '../sort-keys.ts';
import type { Contribution } from './contribution.ts';
import type { Contributions } from './transaction-orders.ts';

/** The user that a transaction belongs to. See docs/state-model.md, One patient. */
export interface Ownership {
  /** The user that the orders' own payloads name; null if none names one. */
  readonly owner: string | null;
  /** The orders of other users, which are excluded from the transaction. */
  readonly apart: ReadonlySet<string>;
  /** Test kits that name another user but count, because a kit can change its user when it is registered. */
  readonly noted: ReadonlySet<string>;
}

type Entry = [id: string, contribution: Contribution];

/** The owner of a transaction, and the orders of other users. */
export function ownershipOf(contributions: Contributions): Ownership {
  const saying = Object.entries(contributions).filter(([, { user_id }]) => user_id !== null);
  const oldestFirst = saying.sort(
    byKey(([id, { created_at }]) => [created_at === null ? 1 : 0, created_at ?? '', id]),
  );
  const deciding = oldestFirst.find(([, { origin }]) => origin === 'initial') ?? oldestFirst[0];
  if (!deciding) return { owner: null, apart: new Set(), noted: new Set() };
  const kits = isTestKit(deciding) ? saying.filter(isTestKit) : [];
  const newestKit = greatest(kits, ([id, { low_level_status_created_at: at }]) => [at ?? '', id]);
  const [, { user_id: owner }] = newestKit ?? deciding;
  const others = saying.filter(([, { user_id }]) => user_id !== owner);
  const isNoted = (entry: Entry) => kits.includes(entry);
  return {
    owner,
    apart: new Set(others.filter((entry) => !isNoted(entry)).map(([id]) => id)),
    noted: new Set(others.filter(isNoted).map(([id]) => id)),
  };
}

function isTestKit([, { modality }]: Entry): boolean {
  return modality === 'testkit';
}

/** The contributions that count: those of the orders that are not set apart. */
export function counting(contributions: Contributions, { apart }: Ownership): Contributions {
  if (apart.size === 0) return contributions;
  return Object.fromEntries(Object.entries(contributions).filter(([id]) => !apart.has(id)));
}

/** Whether an order is set apart from a transaction that its claim names. */
export function isSetApart(contributions: Contributions, orderId: string): boolean {
  return ownershipOf(contributions).apart.has(orderId);
}

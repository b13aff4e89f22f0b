import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Shown } from './drill-stack.ts';

export function isAcknowledged(transaction: Shown | undefined): boolean {
  const redraw = transaction?.redraw as { acknowledgement: unknown } | null | undefined;
  return Boolean(redraw?.acknowledgement);
}

/** What must be restored: the state of each transaction and its orders. */
export function statesOf(transactions: ReadonlyMap<string, Shown>): Map<string, unknown> {
  return new Map(
    [...transactions].map(([id, { status, outcome, rule, orders, redraw }]) => {
      const { state, order_id } = (redraw ?? {}) as Record<string, unknown>;
      return [id, { status, outcome, rule, orders, redraw: { state, order_id } }];
    }),
  );
}

/** A sentence for each difference: what was not restored, and what is extra. */
export function differences(
  found: ReadonlyMap<string, Shown>,
  reference: ReadonlyMap<string, Shown>,
): string[] {
  const [ours, wanted] = [statesOf(found), statesOf(reference)];
  const changed = [...wanted]
    .filter(([id, state]) => !isDeepStrictEqual(ours.get(id), state))
    .map(([id]) => `transaction ${id} differs from before the loss`);
  if (ours.size === wanted.size) return changed;
  return [...changed, `there are ${ours.size} transactions instead of ${wanted.size}`];
}

/**
 * The ids of the events on the bus, before the loss and after it, from the log of all events.
 *
 * @returns the number of ids, and the ids that two different events have
 */
export function eventIds(logFolder: string): { ids: number; reused: string[] } {
  const file = readdirSync(logFolder).find((name) => /EventsLog/.test(name)) ?? '';
  const details = readFileSync(join(logFolder, file), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => (JSON.parse(line) as { detail: { id: string } }).detail);
  const known = new Map<string, object>();
  const reused = details.filter((detail) => {
    const same = known.get(detail.id);
    known.set(detail.id, detail);
    return same !== undefined && !isDeepStrictEqual(same, detail);
  });
  return { ids: known.size, reused: reused.map(({ id }) => id) };
}

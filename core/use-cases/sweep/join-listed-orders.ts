import { mapConcurrent } from '../../concurrency/map-concurrent.ts';
import { type Instant, later } from '../../domain/instant.ts';
import { hasNews } from '../../domain/order/news.ts';
import type { OrderFacts } from '../../domain/order/order-record.ts';
import type { JunctionClient, ListedFacts } from '../../junction/client.ts';
import { JunctionUnavailable } from '../../junction/unavailable.ts';
import { DamagedItem } from '../../store/damaged-items.ts';
import { readOrder } from '../../store/orders/read-order.ts';
import { writeAnswer } from '../../store/orders/write-answer.ts';
import { isUnstorable, type Table } from '../../store/table.ts';
import { reasonOf } from '../reconcile/junction-guard.ts';
import { isShown } from '../team-visibility.ts';
import type { PartDependencies } from './sweep-part.ts';

/** The dependencies of a poll of Junction's list. */
export interface PollDependencies extends PartDependencies {
  readonly table: Table;
  /** Null if no API key for Junction is configured. */
  readonly api: JunctionClient | null;
  /** The team whose list it is, with several teams: each has its own mark. */
  readonly team?: string | null;
  /** The only team whose orders are stored; null for every team. */
  readonly teamId: string | null;
}

/** The result of joining listed orders. */
export interface JoinReport {
  /** Orders with news that no webhook had reported. */
  healed: number;
  /** Orders that could not be joined. A list that could not be read counts as one. */
  skipped: number;
}

/** Changes newer than this are left to their webhooks and to the next pass (ms). */
const MIN_AGE = 300_000;
/** A change dated further ahead has a wrong time, and would be left for ever (ms). */
const CLOCK_TOLERANCE = 3_600_000;

/** Whether a change listed at `now` is so new that its webhook may still arrive. */
export function isYoung(updatedAt: Instant | null, now: Instant): boolean {
  return updatedAt !== null && updatedAt > later(now, -MIN_AGE) && updatedAt <= later(now, CLOCK_TOLERANCE);
}

/** The dependencies of whoever reads Junction's list of orders. */
export interface ListContext extends Pick<PollDependencies, 'table' | 'teamId' | 'onSkip'> {
  readonly api: JunctionClient;
}

/**
 * Joins the listed orders with new facts, as their webhooks would have. The stream then updates their transactions.
 *
 * @throws JunctionUnavailable if the list has orders of another team
 */
export async function joinListedOrders(
  context: ListContext,
  orders: readonly ListedFacts[],
  now: Instant,
  report: JoinReport,
): Promise<void> {
  await eachListed(context, orders, report, async (listed) => {
    if (await joinOrder(context, listed, now)) report.healed += 1;
  });
}

/**
 * Does something with each listed order. One that cannot be read or stored is skipped.
 *
 * @throws JunctionUnavailable if the list has orders of another team
 */
export async function eachListed(
  context: ListContext,
  orders: readonly ListedFacts[],
  report: Pick<JoinReport, 'skipped'>,
  work: (listed: ListedFacts) => Promise<void>,
): Promise<void> {
  // Orders read with a key of another team or environment must not be stored.
  const areOurs = orders.every(({ facts }) => isShown(context, facts?.snapshot.team_id ?? null));
  if (!areOurs) throw new JunctionUnavailable("Junction's API lists another team's orders", 'not_known');
  await mapConcurrent(orders, async (listed) => {
    try {
      await work(listed);
    } catch (error) {
      const ofThisOrder =
        error instanceof JunctionUnavailable
          ? !error.down
          : isUnstorable(error) || error instanceof DamagedItem;
      if (error instanceof DamagedItem) context.table.onDamaged?.(error.item);
      // Any other error would affect the other orders too, and the page has to be read again.
      if (!ofThisOrder) throw error;
      report.skipped += 1;
      context.onSkip(listed.id, reasonOf(error));
    }
  });
}

/** Joins a listed order if it holds news. The stream then updates its transaction. */
async function joinOrder(context: ListContext, listed: ListedFacts, now: Instant): Promise<boolean> {
  const facts = await newsOf(context, listed, now);
  if (!facts) return false;
  await writeAnswer(context.table, facts);
  return true;
}

/** What Junction says of a listed order that is not stored; null if that is nothing, or so new that its webhook may still arrive. */
export async function newsOf(
  { table, api }: Pick<ListContext, 'table' | 'api'>,
  { id, facts: listed }: ListedFacts,
  now: Instant,
): Promise<OrderFacts | null> {
  // A critical result does not wait.
  if (listed && isYoung(listed.snapshot.updated_at, now) && !listed.critical) return null;
  const record = await readOrder(table, id);
  if (listed && !hasNews(listed, record)) return null;
  // An incomplete entry of the list is read as a single order.
  const facts = listed && isComplete(listed) ? listed : await api.order(id);
  return facts && hasNews(facts, record) ? facts : null;
}

function isComplete({ events, transactionId }: OrderFacts): boolean {
  return events.length > 0 && transactionId !== null;
}

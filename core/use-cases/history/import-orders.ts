import type { Pace } from '../../concurrency/pace.ts';
import { earliest, type Instant } from '../../domain/instant.ts';
import type { ListedFacts } from '../../junction/client.ts';
import { undocumented } from '../../junction/get-request.ts';
import { beginningOf, type ImportPosition } from '../../store/poll-marks/import-mark.ts';
import { eachListed, joinListedOrders, type ListContext, newsOf } from '../sweep/join-listed-orders.ts';

export interface ImportContext extends ListContext {
  /** A turn for each order that is brought, and for each that is compared. */
  readonly pace: Readonly<Record<ImportPosition['phase'], Pace>>;
  readonly now: () => Instant;
  /** Called for each order that is not here as Junction has it. */
  readonly onDiffers: (id: string) => void;
}

/** The orders to import, by the times at which they were created. */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

/** How many orders begin their work together. */
const AT_ONCE = 10;

/**
 * Reads the next page of Junction's list of orders: joins what no webhook brought, or counts what differs.
 *
 * @returns the position after it; null after the last page of the last phase
 * @throws JunctionUnavailable if there is no usable answer: then the page has to be read again
 */
export async function importPage(
  context: ImportContext,
  { from, to }: Period,
  read: ImportPosition,
): Promise<{ readonly position: ImportPosition; readonly finished: boolean }> {
  const { orders, last, total } = await context.api.ordersCreatedBetween(read.at, to, read.page);
  const fresh = orders.filter(({ id }) => !read.edge.includes(id));
  const counted = await process(context, fresh, { ...read, total: read.total ?? total });
  // A page that brings nothing new is the end of the list, whatever it says of more.
  if (last || fresh.length === 0) {
    return read.phase === 'orders'
      ? { position: beginningOf('compare', from, counted), finished: false }
      : { position: counted, finished: true };
  }
  return { position: { ...counted, ...nextPlace(read, orders) }, finished: false };
}

async function process(
  context: ImportContext,
  orders: readonly ListedFacts[],
  position: ImportPosition,
): Promise<ImportPosition> {
  const { phase } = position;
  const report = { healed: 0, skipped: 0, differ: 0 };
  for (let first = 0; first < orders.length; first += AT_ONCE) {
    const some = orders.slice(first, first + AT_ONCE);
    for (const _ of some) await context.pace[phase].next();
    if (phase === 'orders') await joinListedOrders(context, some, context.now(), report);
    else await compare(context, some, report);
  }
  const skipped = position.skipped + (phase === 'orders' ? report.skipped : 0);
  return phase === 'orders'
    ? {
        ...position,
        skipped,
        listed: position.listed + orders.length,
        joined: position.joined + report.healed,
      }
    : {
        ...position,
        compared: position.compared + orders.length,
        // What could not be read cannot be said to agree.
        differ: position.differ + report.differ + report.skipped,
      };
}

async function compare(
  context: ImportContext,
  orders: readonly ListedFacts[],
  report: { skipped: number; differ: number },
): Promise<void> {
  await eachListed(context, orders, report, async (listed) => {
    if ((await newsOf(context, listed, context.now())) === null) return;
    report.differ += 1;
    context.onDiffers(listed.id);
  });
}

/**
 * Where the next page begins: at the creation of the last order, so that no page lies deep in the list, and a list that grows
 * moves nothing. Orders created in that millisecond can be on both pages.
 */
function nextPlace(
  { at, page }: ImportPosition,
  orders: readonly ListedFacts[],
): Pick<ImportPosition, 'at' | 'page' | 'edge'> {
  const times = orders.flatMap(({ facts }) => facts?.snapshot.created_at ?? []);
  const isSorted = times.every((time, index) => index === 0 || time >= (times[index - 1] ?? ''));
  // Otherwise the list does not begin where it was asked to, and could be read for ever, or miss orders.
  if (!isSorted || (earliest(times) ?? at) < millisecond(at)) throw undocumented();
  const end = times.at(-1);
  if (end === undefined || millisecond(end) <= millisecond(at)) return { at, page: page + 1, edge: [] };
  const edge = orders.filter(({ facts }) => (facts?.snapshot.created_at ?? end) >= millisecond(end));
  return { at: millisecond(end), page: 1, edge: edge.map(({ id }) => id) };
}

/** The millisecond in which a time lies: Junction's list is asked for no less. */
const millisecond = (time: Instant): Instant => `${time.slice(0, 23)}000Z`;

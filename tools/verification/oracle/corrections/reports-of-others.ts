/**
 * What an order's payload says of other orders, once Junction has answered about the one or the other. An event that
 * was taken back stands in the lists of siblings, too, and a forged list can name an order that is not there.
 */
import type { Entry, Listing, OrderPayload } from '../reading/facts.ts';
import { splitStatus } from '../reading/lifecycle.ts';
import { eventIn, horizonOf, identitiesIn } from './answers.ts';

type Answers = ReadonlyMap<string, OrderPayload>;

/** When each statement was first received. */
type FirstReceived = ReadonlyMap<string, string>;

const nameOfEntry = ({ id, low, at }: Entry) => JSON.stringify([id, low, at]);
const nameOfListing = (by: string, { orderId, transactionId }: Listing) =>
  JSON.stringify([by, orderId, transactionId]);

/** @param answers Junction's newest answer about each order, by the order's id */
export function withoutRefuted(payloads: readonly OrderPayload[], answers: Answers): OrderPayload[] {
  if (answers.size === 0) return [...payloads];
  const first = firstReceived(payloads);
  return payloads.map((payload) => {
    const own = answers.get(payload.orderId) ?? null;
    // What is newer than the answer, and the answer itself, stand on their own.
    const lists = own && payload.tier === 0 && own.hasList ? own : null;
    const isOlder = (name: string, at: string | null, answer: OrderPayload) => {
      const horizon = horizonOf(answer);
      return (first.get(name) ?? '') < horizon || (at !== null && at < horizon);
    };
    const isRefuted = (entry: Entry) => {
      const name = nameOfEntry(entry);
      const itself = answers.get(entry.id);
      // Junction's answer about the order itself says all that anyone said about it before.
      if (itself && (entry.at ?? '') < horizonOf(itself)) return true;
      if (itself && entry.at !== null && !shows(itself, entry) && isOlder(name, entry.at, itself))
        return true;
      if (entry.id === payload.orderId) return isOutdatedIdentity(payload, entry, own);
      return lists !== null && contradicts(lists, entry) && isOlder(name, entry.at, lists);
    };
    const timeOf = (orderId: string) => payload.entries.find(({ id }) => id === orderId)?.at ?? null;
    return {
      ...payload,
      entries: payload.entries.filter((entry) => !isRefuted(entry)),
      listings: payload.listings.filter((listing) => {
        if (lists === null || names(lists, listing)) return true;
        return !isOlder(nameOfListing(payload.orderId, listing), timeOf(listing.orderId), lists);
      }),
    };
  });
}

function firstReceived(payloads: readonly OrderPayload[]): FirstReceived {
  const first = new Map<string, string>();
  for (const { orderId, entries, listings, receivedAt } of payloads) {
    const names = [
      ...entries.map(nameOfEntry),
      ...listings.map((listing) => nameOfListing(orderId, listing)),
    ];
    for (const name of names) {
      const known = first.get(name);
      if (known === undefined || receivedAt < known) first.set(name, receivedAt);
    }
  }
  return first;
}

function shows({ counted }: OrderPayload, { low, at }: Entry): boolean {
  const shown = [...identitiesIn(counted)].flatMap((identity) => eventIn(counted, identity));
  return shown.some((event) => event.at === at && splitStatus(event.status).low === low);
}

/** Origin and parent of an older payload do not outlive an answer that names either. */
function isOutdatedIdentity({ tier }: OrderPayload, entry: Entry, own: OrderPayload | null): boolean {
  const isIdentity = entry.low === null && entry.at === null;
  if (!own || tier !== 0 || !isIdentity) return false;
  return own.snapshot.origin !== null || own.snapshot.parentId !== null;
}

/** An older status of the same order is history; only a later one, or another one of the same time, is wrong. */
function contradicts({ entries, listings }: OrderPayload, entry: Entry): boolean {
  if (!listings.some(({ orderId }) => orderId === entry.id)) return true;
  return entries.some(
    ({ id, low, at }) =>
      id === entry.id &&
      at !== null &&
      entry.at !== null &&
      (entry.at > at || (entry.at === at && entry.low !== low)),
  );
}

function names({ listings }: OrderPayload, { orderId, transactionId }: Listing): boolean {
  return listings.some((other) => other.orderId === orderId && other.transactionId === transactionId);
}

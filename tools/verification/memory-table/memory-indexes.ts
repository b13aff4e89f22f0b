import { type Attributes, holds, nameOf, type Placeholders, valueNamed } from './expressions.ts';

/**
 * The table's indexes by name, with their key attributes, and the one that they include. An item without the keys is not in the
 * index.
 */
const INDEXES: Readonly<Record<string, readonly [partition: string, sort: string, included?: string]>> = {
  by_status: ['s_pk', 's_sk'],
  by_user: ['u_pk', 'u_sk'],
  by_client_user: ['c_pk', 'c_sk'],
  open_redraws: ['d_pk', 'd_sk', 'team_id'],
  by_results: ['r_pk', 'r_sk'],
  checks: ['k_pk', 'k_sk'],
};

export interface IndexQuery extends Placeholders {
  readonly IndexName?: string | undefined;
  readonly KeyConditionExpression?: string | undefined;
  readonly FilterExpression?: string | undefined;
  readonly ScanIndexForward?: boolean | undefined;
  readonly Limit?: number | undefined;
  readonly ExclusiveStartKey?: Attributes | undefined;
}

export interface QueryAnswer {
  readonly Items: readonly Attributes[];
  readonly Count: number;
  readonly LastEvaluatedKey?: Attributes;
}

interface Partition {
  readonly entries: Map<string, Attributes>;
  /** The entries in order; undefined after a change. */
  sorted: Attributes[] | undefined;
}

const CONDITION =
  /^(#?\w+) = (:\w+)(?: AND (?:(#?\w+) (<|>|BETWEEN) (:\w+)(?: AND (:\w+))?|begins_with\((#?\w+), (:\w+)\)))?$/;

/** The indexes of a table in memory. Unlike DynamoDB's, they never lag behind. */
export class MemoryIndexes {
  readonly #partitions = new Map<string, Partition>();

  constructor(items: ReadonlyMap<string, Attributes>) {
    for (const [key, item] of items) this.move(key, null, item);
  }

  /** Replaces the entries of an item by those of its next version. */
  move(key: string, before: Attributes | null, after: Attributes | null): void {
    for (const [name, [pk, sk, included]] of Object.entries(INDEXES)) {
      const [from, to] = [placeIn(before, pk, sk), placeIn(after, pk, sk)];
      if (from === to && (!included || before?.[included] === after?.[included])) continue;
      if (before && from) this.#change(name, before[pk], (entries) => entries.delete(key));
      if (after && to) {
        const entry = {
          pk: after.pk,
          sk: after.sk,
          [pk]: after[pk],
          [sk]: after[sk],
          ...(included && after[included] !== undefined && { [included]: after[included] }),
        };
        this.#change(name, after[pk], (entries) => entries.set(key, entry));
      }
    }
  }

  query(query: IndexQuery): QueryAnswer {
    const [pk, sk] = INDEXES[query.IndexName ?? ''] ?? [];
    const condition = CONDITION.exec(query.KeyConditionExpression ?? '');
    if (!sk || !condition) throw new Error(`unsupported query: ${JSON.stringify(query)}`);
    const [, partitionKey = '', partition, compared, comparison, bound, end, begun, start] = condition;
    const sortKey = compared ?? begun;
    if (nameOf(partitionKey, query) !== pk || (sortKey && nameOf(sortKey, query) !== sk)) {
      throw new Error(`these are not the keys of ${query.IndexName}: ${query.KeyConditionExpression}`);
    }
    const forward = query.ScanIndexForward ?? true;
    const all = this.#sorted(`${query.IndexName} ${String(valueNamed(partition, query))}`);
    const from = query.ExclusiveStartKey?.[sk];
    const limit = comparison ? String(valueNamed(bound, query)) : '';
    const wanted = (forward ? all : all.toReversed()).filter((entry) => {
      const place = String(entry[sk]);
      if (from !== undefined && !isBeyond(place, String(from), forward)) return false;
      if (start) return place.startsWith(String(valueNamed(start, query)));
      if (comparison === 'BETWEEN') return place >= limit && place <= String(valueNamed(end, query));
      return !comparison || (comparison === '<' ? place < limit : place > limit);
    });
    const page = wanted.slice(0, query.Limit ?? wanted.length);
    // Like DynamoDB, which stops when the page is full without checking for further entries.
    const last = page.length === query.Limit ? page.at(-1) : undefined;
    // As in DynamoDB, the filter comes after the limit.
    const found = page.filter((entry) => holds(query.FilterExpression, entry, query));
    return { Items: found, Count: found.length, ...(last ? { LastEvaluatedKey: last } : {}) };
  }

  #change(name: string, partition: unknown, change: (entries: Map<string, Attributes>) => void): void {
    const place = `${name} ${String(partition)}`;
    const known = this.#partitions.get(place) ?? { entries: new Map(), sorted: undefined };
    change(known.entries);
    known.sorted = undefined;
    if (known.entries.size > 0) this.#partitions.set(place, known);
    else this.#partitions.delete(place);
  }

  #sorted(place: string): readonly Attributes[] {
    const partition = this.#partitions.get(place);
    if (!partition) return [];
    const sk = INDEXES[place.slice(0, place.indexOf(' '))]?.[1] ?? '';
    partition.sorted ??= [...partition.entries.values()].sort((a, b) =>
      String(a[sk]) < String(b[sk]) ? -1 : 1,
    );
    return partition.sorted;
  }
}

function placeIn(item: Attributes | null, pk: string, sk: string): string | null {
  if (item?.[pk] === undefined || item[sk] === undefined) return null;
  return `${String(item[pk])} ${String(item[sk])}`;
}

function isBeyond(place: string, from: string, forward: boolean): boolean {
  return forward ? place > from : place < from;
}

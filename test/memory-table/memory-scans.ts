import { createHash } from 'node:crypto';
import { type Attributes, holds, type Placeholders, valueNamed } from './expressions.ts';

interface ScanRequest extends Placeholders {
  readonly ProjectionExpression?: string | undefined;
  readonly FilterExpression?: string | undefined;
  readonly Segment?: number | undefined;
  readonly TotalSegments?: number | undefined;
  readonly Limit?: number | undefined;
  readonly ExclusiveStartKey?: Attributes | undefined;
}

interface QueryRequest extends Placeholders {
  readonly KeyConditionExpression?: string | undefined;
}

interface QueryAnswer {
  readonly Items: readonly Attributes[];
  readonly Count: number;
}

interface ScanAnswer {
  readonly Items: readonly Attributes[];
  readonly LastEvaluatedKey?: Attributes;
}

/** A page of a table or of a segment, in an arbitrary but constant order. */
export function scan(items: ReadonlyMap<string, Attributes>, request: ScanRequest): ScanAnswer {
  const { Segment = 0, TotalSegments = 1, ExclusiveStartKey: from, Limit } = request;
  const places = [...items.values()]
    .filter(({ pk }) => hashOf(pk) % TotalSegments === Segment)
    .sort((a, b) => (isBeyond(a, b) ? 1 : -1))
    .filter((item) => from === undefined || isBeyond(item, from));
  const page = places.slice(0, Limit ?? places.length);
  const last = page.length === Limit ? page.at(-1) : undefined;
  return {
    Items: page
      .filter((item) => holds(request.FilterExpression, item, request))
      .map((item) => projected(item, request.ProjectionExpression)),
    ...(last ? { LastEvaluatedKey: { pk: last.pk, sk: last.sk } } : {}),
  };
}

const STARTING = 'pk = :pk AND begins_with(sk, :start)';

/** All items of one partition of the table, or those whose sort keys start alike, in the order of their sort keys. */
export function partition(items: ReadonlyMap<string, Attributes>, request: QueryRequest): QueryAnswer {
  const asked = request.KeyConditionExpression;
  if (asked !== 'pk = :pk' && asked !== STARTING) throw new Error(`unsupported query: ${asked}`);
  const start = asked === STARTING ? String(valueNamed(':start', request)) : '';
  const pk = valueNamed(':pk', request);
  const found = [...items.values()]
    .filter((item) => item.pk === pk && String(item.sk).startsWith(start))
    .sort((a, b) => (String(a.sk) > String(b.sk) ? 1 : -1));
  return { Items: found, Count: found.length };
}

/** Like DynamoDB's segments, these are ranges of hashes: each contains whole partitions. */
function hashOf(pk: unknown): number {
  return createHash('sha256').update(String(pk)).digest().readUInt32BE();
}

function isBeyond(a: Attributes, b: Attributes): boolean {
  const [of, than] = [hashOf(a.pk), hashOf(b.pk)];
  if (of !== than) return of > than;
  return a.pk === b.pk ? String(a.sk) > String(b.sk) : String(a.pk) > String(b.pk);
}

function projected(item: Attributes, expression: string | undefined): Attributes {
  if (expression === undefined) return item;
  const wanted = expression.split(', ');
  return Object.fromEntries(Object.entries(item).filter(([name]) => wanted.includes(name)));
}

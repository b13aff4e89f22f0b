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
  readonly ScanIndexForward?: boolean | undefined;
  readonly Limit?: number | undefined;
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

/** The conditions on the sort keys of a partition. */
const RANGES: Readonly<Record<string, (sk: string, request: QueryRequest) => boolean>> = {
  'pk = :pk': () => true,
  'pk = :pk AND begins_with(sk, :start)': (sk, request) =>
    sk.startsWith(String(valueNamed(':start', request))),
  'pk = :pk AND sk < :after': (sk, request) => sk < String(valueNamed(':after', request)),
};

/** The items of one partition of the table whose sort keys meet a condition, in their order. */
export function partition(items: ReadonlyMap<string, Attributes>, request: QueryRequest): QueryAnswer {
  const isWithin = RANGES[request.KeyConditionExpression ?? ''];
  if (!isWithin) throw new Error(`unsupported query: ${request.KeyConditionExpression}`);
  const pk = valueNamed(':pk', request);
  const found = [...items.values()]
    .filter((item) => item.pk === pk && isWithin(String(item.sk), request))
    .sort((a, b) => (String(a.sk) > String(b.sk) ? 1 : -1));
  if (request.ScanIndexForward === false) found.reverse();
  // Callers that give a limit ask for one item more than they need.
  const page = found.slice(0, request.Limit);
  return { Items: page, Count: page.length };
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

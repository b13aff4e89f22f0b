import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '../../domain/instant.ts';
import type { Dismissal, QuarantineState } from '../../domain/quarantine.ts';
import { readEach } from '../damaged-items.ts';
import { type Item, refusal, type Table } from '../table.ts';
import { type IndexList, type PageRequest, readIndexPage, readItems } from '../transactions/index-pages.ts';
import { QUARANTINE_PARTITIONS, quarantineKey, quarantinePartKey } from './quarantine.ts';

/** A quarantined webhook without its body. */
export interface QuarantinedHead {
  readonly id: string;
  readonly reason: string;
  /** Svix's id of the delivery; null if none is known. */
  readonly message_id: string | null;
  readonly event_type: string | null;
  readonly order_id: string | null;
  readonly order_transaction_id: string | null;
  readonly user_id: string | null;
  /** The team whose path it was delivered to; absent in a deployment of one team. */
  readonly path_team?: string;
  readonly received_at: Instant;
  /** Bytes. */
  readonly size: number;
  readonly parts: number;
  /** Seconds since 1970. */
  readonly expires_at: number;
  readonly replayed_at: Instant | null;
  readonly replay_outcome: string | null;
  readonly dismissal: Dismissal | null;
}

const decompress = promisify(gunzip);

/** A page of the quarantined webhooks in a state, newest first. */
export async function listQuarantined(
  table: Table,
  request: PageRequest,
  states: readonly QuarantineState[],
): Promise<{ quarantined: QuarantinedHead[]; next: string | null }> {
  const list: IndexList = {
    index: 'by_status',
    partitions: states.map((state) => QUARANTINE_PARTITIONS[state]),
    newestFirst: true,
  };
  const { entries, next } = await readIndexPage(table, list, request);
  const items = await readItems(table, entries);
  return { quarantined: readEach(table, items, readHead), next };
}

/** Reads a quarantined webhook consistently; null if there is none. */
export async function readQuarantined(table: Table, id: string): Promise<QuarantinedHead | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: quarantineKey(id), ConsistentRead: true }),
  );
  return Item ? readHead(Item) : null;
}

/** The original bytes; null once a part of them has expired. */
export async function readQuarantinedBody(
  table: Table,
  { id, parts }: QuarantinedHead,
): Promise<Buffer | null> {
  const items = await readItems(
    table,
    Array.from({ length: parts }, (_, part) => quarantinePartKey(id, part)),
  );
  if (items.length < parts) return null;
  return decompress(Buffer.concat(items.map(({ body }) => body as Uint8Array)));
}

/** Stores the outcome of a replay. What is still not understood stays dismissed if it was. */
export async function storeReplayOutcome(
  table: Table,
  id: string,
  at: Instant,
  outcome: string,
): Promise<void> {
  const isParsed = outcome !== 'quarantined';
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: quarantineKey(id),
        UpdateExpression: `SET replayed_at = :at, replay_outcome = :outcome, s_pk = ${isParsed ? ':list' : 'if_not_exists(unparsed_pk, :list)'}`,
        ConditionExpression: 'attribute_exists(pk)',
        ExpressionAttributeValues: {
          ':at': at,
          ':outcome': outcome,
          ':list': QUARANTINE_PARTITIONS[isParsed ? 'replayed' : 'waiting'],
        },
      }),
    );
  } catch (error) {
    // It has just expired.
    refusal(error);
  }
}

function readHead({ pk, sk: _, s_pk: __, s_sk: ___, unparsed_pk: ____, ...item }: Item): QuarantinedHead {
  const noted = {
    message_id: null,
    event_type: null,
    order_id: null,
    order_transaction_id: null,
    user_id: null,
    replayed_at: null,
    replay_outcome: null,
    dismissal: null,
  };
  return { ...noted, ...item, id: String(pk).slice('QUARANTINE#'.length) } as unknown as QuarantinedHead;
}

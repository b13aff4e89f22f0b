import {
  type AttributeValue,
  ConditionalCheckFailedException,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Table } from '../../../core/store/table.ts';
import { type Attributes, holds, type Placeholders, updated } from './expressions.ts';
import { MemoryIndexes } from './memory-indexes.ts';
import { partition, scan } from './memory-scans.ts';

/** One change of an item, as the stream of the table would report it. */
export interface Change {
  readonly before: Attributes | null;
  readonly after: Attributes | null;
}

type Items = ReadonlyMap<string, Attributes>;

interface Write extends Placeholders {
  readonly Key?: Readonly<Record<string, unknown>> | undefined;
  readonly Item?: Attributes | undefined;
  readonly UpdateExpression?: string | undefined;
  readonly ConditionExpression?: string | undefined;
  readonly ReturnValuesOnConditionCheckFailure?: string | undefined;
}

const keyOf = ({ pk, sk }: Attributes) => `${String(pk)} ${String(sk)}`;

/**
 * A table in memory that answers the store's commands like DynamoDB, one at a time. It makes it possible to try every
 * interleaving, tens of thousands per second. Its own test compares it with a real engine.
 */
export class MemoryTable implements Table {
  readonly name = 'memory';
  readonly client: DynamoDBDocumentClient;
  /** Called with every change, in order. */
  onChange: (change: Change) => void = () => undefined;
  readonly #items: Map<string, Attributes>;
  /** Created at the first query and then maintained: most tests need no index. */
  #indexes: MemoryIndexes | null = null;
  readonly #largestItem: number;

  /** in bytes. Measuring takes time, so items are measured only if it is given. */
  constructor(items: Items = new Map(), { largestItem = Number.POSITIVE_INFINITY } = {}) {
    this.#largestItem = largestItem;
    this.#items = new Map(items);
    this.client = {
      send: async (command: unknown) => this.#answer(command),
    } as unknown as DynamoDBDocumentClient;
  }

  /** The whole content of the table, as an immutable snapshot. */
  get items(): Items {
    return new Map(this.#items);
  }

  #answer(command: unknown): unknown {
    if (command instanceof GetCommand) return { Item: this.#items.get(keyOf(command.input.Key ?? {})) };
    if (command instanceof QueryCommand) {
      const { input } = command;
      if (!input.IndexName) return partition(this.#items, input);
      this.#indexes ??= new MemoryIndexes(this.#items);
      return this.#indexes.query(input);
    }
    if (command instanceof ScanCommand) return scan(this.#items, command.input);
    if (command instanceof BatchGetCommand) return this.#batchGet(command);
    if (command instanceof TransactGetCommand) return this.#transactGet(command);
    if (command instanceof TransactWriteCommand) return this.#transact(command);
    if (
      command instanceof PutCommand ||
      command instanceof UpdateCommand ||
      command instanceof DeleteCommand
    ) {
      return this.#write(command.input);
    }
    throw new Error(`unsupported command: ${String(command)}`);
  }

  #batchGet(command: BatchGetCommand): unknown {
    const [[name, { Keys: keys = [] }] = ['', {}]] = Object.entries(command.input.RequestItems ?? {});
    const places = keys.map(keyOf);
    if (keys.length > 100 || new Set(places).size < places.length) throw new Error('invalid batch of keys');
    const found = places.flatMap((place) => this.#items.get(place) ?? []);
    return { Responses: { [name]: found }, UnprocessedKeys: {} };
  }

  #transactGet({ input }: TransactGetCommand): unknown {
    const found = (input.TransactItems ?? []).map(({ Get }) => this.#items.get(keyOf(Get?.Key ?? {})));
    return { Responses: found.map((Item) => (Item ? { Item } : {})) };
  }

  #write(write: Write): unknown {
    if (!this.#allows(write)) {
      const item = this.#items.get(keyOf(write.Key ?? write.Item ?? {}));
      const held = item && write.ReturnValuesOnConditionCheckFailure === 'ALL_OLD';
      throw withoutTrace(
        () =>
          new ConditionalCheckFailedException({
            message: 'The conditional request failed',
            $metadata: {},
            ...(held ? { Item: onTheWire(item) } : {}),
          }),
      );
    }
    this.#apply(this.#changeBy(write));
    return {};
  }

  #transact(command: TransactWriteCommand): unknown {
    const steps = (command.input.TransactItems ?? []).map((step) => ({
      write: (step.Put ?? step.Update ?? step.Delete ?? step.ConditionCheck ?? {}) as Write,
      checkOnly: step.ConditionCheck !== undefined,
    }));
    const keys = steps.map(({ write }) => keyOf(write.Key ?? write.Item ?? {}));
    if (new Set(keys).size < keys.length)
      throw new Error('Transaction request cannot include multiple operations on one item');
    const reasons = steps.map(({ write }) => ({
      Code: this.#allows(write) ? 'None' : 'ConditionalCheckFailed',
    }));
    if (reasons.some(({ Code }) => Code !== 'None')) {
      throw withoutTrace(
        () =>
          new TransactionCanceledException({
            message: 'Transaction cancelled',
            $metadata: {},
            CancellationReasons: reasons,
          }),
      );
    }
    const changes = steps.flatMap(({ write, checkOnly }) => (checkOnly ? [] : [this.#changeBy(write)]));
    for (const change of changes) this.#apply(change);
    return {};
  }

  #allows(write: Write): boolean {
    const item = this.#items.get(keyOf(write.Key ?? write.Item ?? {})) ?? {};
    return holds(write.ConditionExpression, item, write);
  }

  #changeBy(write: Write): Change & { readonly key: string } {
    const key = keyOf(write.Key ?? write.Item ?? {});
    const before = this.#items.get(key) ?? null;
    const after = afterwards(write, before);
    if (after && Number.isFinite(this.#largestItem) && sizeOf(after) > this.#largestItem) {
      throw new Error('Item size has exceeded the maximum allowed size');
    }
    return { key, before, after };
  }

  #apply({ key, before, after }: Change & { readonly key: string }): void {
    if (after) this.#items.set(key, after);
    else this.#items.delete(key);
    this.#indexes?.move(key, before, after);
    if (before || after) this.onChange({ before, after });
  }
}

function afterwards(write: Write, before: Attributes | null): Attributes | null {
  if (write.Item) return write.Item;
  if (write.UpdateExpression === undefined) return null;
  return updated(write.UpdateExpression, before ?? write.Key ?? {}, write);
}

type WireItem = Record<string, AttributeValue>;

const marshalled = new WeakMap<Attributes, WireItem>();

/** An item in the form of an error's. Every write makes a new item, and many writes can be refused because of one. */
function onTheWire(item: Attributes): WireItem {
  const known = marshalled.get(item);
  if (known) return known;
  const made = marshall(item, { removeUndefinedValues: true });
  marshalled.set(item, made);
  return made;
}

/** The size of an item, as DynamoDB computes it approximately: the bytes of its names and values. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (value instanceof Uint8Array) return value.length;
  if (typeof value !== 'object' || value === null) return 1;
  const parts = value instanceof Set ? [...value] : Object.entries(value).flat();
  return parts.reduce<number>((size, part) => size + sizeOf(part), 0);
}

/** A refusal is common, and recording its stack takes longer than creating the error. */
function withoutTrace<E extends Error>(made: () => E): E {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return made();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

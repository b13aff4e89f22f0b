import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Table } from '../../functions/store/table.ts';
import { type Attributes, holds, type Placeholders, updated } from './expressions.ts';
import { MemoryIndexes } from './memory-indexes.ts';

/** One change of an item, as the table's stream would tell it. */
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
}

const keyOf = ({ pk, sk }: Attributes) => `${String(pk)} ${String(sk)}`;

/**
 * A table in memory that answers the commands of the store as DynamoDB does, one at a time. It exists to try every
 * order of things, tens of thousands a second; that it answers like a real engine, a test of its own shows.
 */
export class MemoryTable implements Table {
  readonly name = 'memory';
  readonly client: DynamoDBDocumentClient;
  /** Called with every change, in order. */
  onChange: (change: Change) => void = () => undefined;
  readonly #items: Map<string, Attributes>;
  readonly #indexes = new MemoryIndexes();

  constructor(items: Items = new Map()) {
    this.#items = new Map(items);
    for (const [key, item] of items) this.#indexes.move(key, null, item);
    this.client = {
      send: async (command: unknown) => this.#answer(command),
    } as unknown as DynamoDBDocumentClient;
  }

  /** Everything the table holds; stays as it is when the table changes. */
  get items(): Items {
    return new Map(this.#items);
  }

  #answer(command: unknown): unknown {
    if (command instanceof GetCommand) return { Item: this.#items.get(keyOf(command.input.Key ?? {})) };
    if (command instanceof QueryCommand) return this.#indexes.query(command.input);
    if (command instanceof BatchGetCommand) return this.#batchGet(command);
    if (command instanceof TransactWriteCommand) return this.#transact(command);
    if (
      command instanceof PutCommand ||
      command instanceof UpdateCommand ||
      command instanceof DeleteCommand
    ) {
      return this.#write(command.input);
    }
    throw new Error(`not a command this engine knows: ${String(command)}`);
  }

  #batchGet(command: BatchGetCommand): unknown {
    const keys = Object.values(command.input.RequestItems ?? {}).flatMap(({ Keys = [] }) => Keys);
    const places = keys.map(keyOf);
    if (keys.length > 100 || new Set(places).size < places.length) throw new Error('no batch of keys');
    const found = places.flatMap((place) => this.#items.get(place) ?? []);
    return { Responses: { [this.name]: found }, UnprocessedKeys: {} };
  }

  #write(write: Write): unknown {
    if (!this.#allows(write)) {
      const item = this.#items.get(keyOf(write.Key ?? write.Item ?? {}));
      throw new ConditionalCheckFailedException({
        message: 'The conditional request failed',
        $metadata: {},
        ...(item ? { Item: marshall(item, { removeUndefinedValues: true }) } : {}),
      });
    }
    this.#apply(write);
    return {};
  }

  #transact(command: TransactWriteCommand): unknown {
    const steps = (command.input.TransactItems ?? []).map((step) => ({
      write: (step.Put ?? step.Update ?? step.Delete ?? step.ConditionCheck ?? {}) as Write,
      checkOnly: step.ConditionCheck !== undefined,
    }));
    const reasons = steps.map(({ write }) => ({
      Code: this.#allows(write) ? 'None' : 'ConditionalCheckFailed',
    }));
    if (reasons.some(({ Code }) => Code !== 'None')) {
      throw new TransactionCanceledException({
        message: 'Transaction cancelled',
        $metadata: {},
        CancellationReasons: reasons,
      });
    }
    for (const { write, checkOnly } of steps) if (!checkOnly) this.#apply(write);
    return {};
  }

  #allows(write: Write): boolean {
    const item = this.#items.get(keyOf(write.Key ?? write.Item ?? {})) ?? {};
    return holds(write.ConditionExpression, item, write);
  }

  #apply(write: Write): void {
    const key = keyOf(write.Key ?? write.Item ?? {});
    const before = this.#items.get(key) ?? null;
    const after = afterwards(write, before);
    if (after) this.#items.set(key, after);
    else this.#items.delete(key);
    this.#indexes.move(key, before, after);
    if (before || after) this.onChange({ before, after });
  }
}

function afterwards(write: Write, before: Attributes | null): Attributes | null {
  if (write.Item) return write.Item;
  if (!write.UpdateExpression) return null;
  return updated(write.UpdateExpression, before ?? write.Key ?? {}, write);
}

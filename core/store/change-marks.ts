import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type ChangedPart, MARK_EVERY } from '../domain/change-tokens.ts';
import { type Instant, parseInstant } from '../domain/instant.ts';
import type { Heartbeat } from './heartbeat.ts';
import { CHANGED_PARTS } from './table-layout.ts';
import { WORKLIST_PARTITIONS } from './transactions/worklist-partitions.ts';

/** Marks what one environment of a function changed, so that readers know when they need not read again. */
export class ChangeMarks {
  /** Whether each write waits for its mark. Otherwise the function flushes the marks itself. */
  atOnce = true;
  readonly #record: (times: Heartbeat) => Promise<void>;
  readonly #clock: () => number;
  readonly #waiting = new Set<ChangedPart>();
  readonly #markedAt = new Map<ChangedPart, number>();

  constructor(record: (times: Heartbeat) => Promise<void>, clock = Date.now) {
    this.#record = record;
    this.#clock = clock;
  }

  /** Notes a change. Call it after the write, because a mark stands for what comes after it too. */
  note(part: ChangedPart): void {
    const since = this.#clock() - (this.#markedAt.get(part) ?? Number.NEGATIVE_INFINITY);
    // The clock can be set back.
    if (Math.abs(since) >= MARK_EVERY) this.#waiting.add(part);
  }

  /** Writes the marks of the noted changes, and other times with them. After a failure they wait for the next flush. */
  async flush(times: Heartbeat = {}): Promise<void> {
    const parts = [...this.#waiting];
    this.#waiting.clear();
    const now = this.#clock();
    const at: Instant = parseInstant(new Date(now).toISOString()) ?? '';
    const marks = Object.fromEntries(parts.map((part) => [`${part}_at`, at]));
    try {
      await this.#record({ ...times, ...marks });
    } catch (error) {
      for (const part of parts) this.#waiting.add(part);
      throw error;
    }
    for (const part of parts) this.#markedAt.set(part, now);
  }

  /** Lets every write of a client be marked. So no writer can forget it. */
  follow(client: DynamoDBClient): void {
    client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        for (const part of changedParts(
          args.input as WriteRequest,
          (answer.output as WriteAnswer).Attributes,
        ))
          this.note(part);
        if (this.atOnce && this.#waiting.size > 0) await this.flush().catch(() => undefined);
        return answer;
      },
      { step: 'initialize', name: 'markChanges' },
    );
  }
}

/** The parts of a request that matter, as the document client is given them. */
interface WriteRequest {
  readonly Item?: Attributes;
  readonly Key?: Attributes;
  readonly UpdateExpression?: string;
  readonly TransactItems?: readonly Readonly<Record<string, WriteRequest>>[];
  readonly ReturnValues?: string;
}
type Attributes = Readonly<Record<string, unknown>>;

interface WriteAnswer {
  readonly Attributes?: Attributes;
}

/** What a request changed for readers. `replaced` is the item that a put has replaced, if the put asked for it. */
function* changedParts(input: WriteRequest, replaced: Attributes = {}): Generator<ChangedPart> {
  for (const item of input.TransactItems ?? []) {
    for (const write of Object.values(item)) yield* changedParts(write);
  }
  const key = input.Item ?? (input.UpdateExpression === undefined ? undefined : input.Key);
  const part = CHANGED_PARTS[firstOf(key?.pk) as keyof typeof CHANGED_PARTS];
  if (!part) return;
  const isOffLists = input.ReturnValues === 'ALL_OLD' && ![input.Item, replaced].some(isListed);
  yield isOffLists ? 'rest' : part;
}

/** Whether a transaction is on a list that people work through. */
function isListed(item: Attributes | undefined): boolean {
  return item?.d_pk !== undefined && firstOf(item.d_pk) !== WORKLIST_PARTITIONS.watched_orders;
}

/** `DUE` of `DUE#1`. */
const firstOf = (key: unknown) => String(key).split('#')[0];

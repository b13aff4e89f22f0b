import { LabTestsClient } from '@junction-api/sdk/labTests';
import { OrderTransactionClient } from '@junction-api/sdk/orderTransaction';
import * as z from 'zod/mini';
import type { Instant } from '../domain/instant.ts';
import type { AppointmentFacts, MissingResult, OrderFacts } from '../domain/order-record.ts';
import type { Digest } from '../domain/rank.ts';
import { appointmentFacts, appointmentPayload } from './appointment-payload.ts';
import { instant, listOf, openEnum, orNull, uuid } from './fields.ts';
import { missingResult, orderFacts, orderPayload } from './order-payload.ts';

/** Junction could not be asked, or its answer not be understood. Says nothing of what was asked about. */
export class JunctionUnavailable extends Error {
  override readonly name = 'JunctionUnavailable';
  /** Whether no other question would be answered now either; else it is this one answer that is of no use. */
  readonly down: boolean;

  constructor(message: string, { down }: { down: boolean }) {
    super(message);
    this.down = down;
  }
}

/** An order as Junction's list of a transaction's orders shows it. */
export interface ListedOrder {
  readonly id: string;
  readonly status: string | null;
  readonly status_at: Instant | null;
}

export interface JunctionApiOptions {
  readonly baseUrl: string;
  readonly apiKey: string;
  /** The milliseconds a request may take now: what is left of the time there is. */
  readonly timeLeft: () => number;
  /** Waits before the attempt of this number, from 1. */
  readonly pause: (attempt: number) => Promise<void>;
}

const listedOrder = z.object({
  id: uuid,
  last_status: orNull(openEnum),
  last_status_created_at: orNull(instant),
  low_level_status: orNull(openEnum),
  low_level_status_created_at: orNull(instant),
});

// A list that is absent where it must be present is another answer than documented, and not an empty list.
const transactionAnswer = z.object({ id: uuid, orders: z.array(listedOrder) });

const resultAnswer = z.object({ metadata: z.object({}), missing_results: listOf(missingResult) });

const NOBODY = { user_id: null, client_user_id: null, team_id: null };
const LONGEST_REQUEST = 10_000;
const ATTEMPTS = 4;
/** Answers after which the same request may succeed: too slow, too many, and faults of the other side. */
const PASSING = new Set([408, 429, 500, 502, 503, 504]);
/** Answers that say that there is nothing, for whatever reason. */
const NOT_THERE = new Set([404]);
/** What of appointments is documented leaves open how an order without one is answered for. */
const NO_APPOINTMENT = new Set([400, 404, 422]);
/** Answers to a key that is not, or no longer, good. */
const REFUSED_KEY = new Set([401, 403]);

/** Junction's API through the official SDK. Answers are read from their text: its own types cut microseconds. */
export class JunctionApi {
  readonly #options: JunctionApiOptions;

  constructor(options: JunctionApiOptions) {
    this.#options = options;
  }

  /**
   * The facts an order states now; null where Junction knows no such order. Facts that are to be the last word stand
   * above a webhook's that only differ in what Junction makes of them.
   */
  async order(
    id: string,
    now: Instant,
    digest: Digest,
    { lastWord }: { lastWord: boolean },
  ): Promise<OrderFacts | null> {
    const payload = await this.#ask(orderPayload, (options) =>
      new LabTestsClient(options).getOrder({ orderId: id }),
    );
    if (payload) assertAbout(id, payload.id);
    return payload && orderFacts(payload, NOBODY, now, digest, lastWord ? now : null);
  }

  /** The appointment of a walk-in order as it stands now; null where it has none. */
  async appointment(orderId: string, now: Instant, digest: Digest): Promise<AppointmentFacts | null> {
    const payload = await this.#ask(
      appointmentPayload,
      (options) => new LabTestsClient(options).getPscAppointment({ orderId }),
      NO_APPOINTMENT,
    );
    if (payload) assertAbout(orderId, payload.order_id);
    return payload && appointmentFacts(payload, now, digest);
  }

  /** The orders of a transaction; null where Junction knows no such transaction. */
  async transactionOrders(id: string): Promise<ListedOrder[] | null> {
    const answer = await this.#ask(transactionAnswer, (options) =>
      new OrderTransactionClient(options).getTransaction({ transactionId: id }),
    );
    if (answer) assertAbout(id, answer.id);
    return (
      answer?.orders.map((order) => ({
        id: order.id,
        status: order.last_status ?? order.low_level_status,
        status_at: order.last_status_created_at ?? order.low_level_status_created_at,
      })) ?? null
    );
  }

  /** The markers a transaction's results miss; null where it has no results yet. Nothing else of them is kept. */
  async missingResults(id: string): Promise<MissingResult[] | null> {
    const answer = await this.#ask(resultAnswer, (options) =>
      new OrderTransactionClient(options).getTransactionResult({ transactionId: id }),
    );
    return (
      answer?.missing_results.map(({ inferred_failure_type, ...marker }) => ({
        ...marker,
        failure_type: inferred_failure_type,
      })) ?? null
    );
  }

  async #ask<Schema extends z.ZodMiniType>(
    schema: Schema,
    request: (options: OrderTransactionClient.Options) => Promise<unknown>,
    notThere = NOT_THERE,
  ): Promise<z.output<Schema> | null> {
    const text = await this.#answerText(request, notThere);
    if (text === null) return null;
    const parsed = schema.safeParse(parseJson(text));
    if (!parsed.success) throw undocumented();
    return parsed.data;
  }

  /** The text of the answer; null where there is none. The SDK's own retries would wait as long as they are told to. */
  async #answerText(
    request: (options: OrderTransactionClient.Options) => Promise<unknown>,
    notThere: ReadonlySet<number>,
  ): Promise<string | null> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = { text: '' };
      try {
        await request(this.#clientOptions(answer));
        return answer.text;
      } catch (error) {
        const status = statusOf(error);
        if (status !== undefined && notThere.has(status)) return null;
        const mayPass = status === undefined || PASSING.has(status);
        if (!mayPass || attempt === ATTEMPTS || this.#options.timeLeft() <= 0) {
          const down = mayPass || REFUSED_KEY.has(status);
          throw new JunctionUnavailable(`Junction's API did not answer: ${status ?? nameOf(error)}`, {
            down,
          });
        }
        await this.#options.pause(attempt);
      }
    }
  }

  /** Options for one request, whose answer's text is put into `answer`. */
  #clientOptions(answer: { text: string }): OrderTransactionClient.Options {
    const { baseUrl, apiKey, timeLeft } = this.#options;
    return {
      baseUrl,
      apiKey,
      maxRetries: 0,
      timeoutInSeconds: Math.max(1, Math.min(LONGEST_REQUEST, timeLeft())) / 1_000,
      fetch: async (input, init) => {
        const response = await fetch(input, init);
        answer.text = await response.clone().text();
        return response;
      },
    };
  }
}

function undocumented(): JunctionUnavailable {
  return new JunctionUnavailable("Junction's API answered something else than documented", { down: false });
}

/** What is told of another than what was asked about is not to be trusted. */
function assertAbout(asked: string, told: string): void {
  if (asked.toLowerCase() !== told) throw undocumented();
}

function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { type Instant, parseInstant } from '../domain/instant.ts';
import type { AppointmentKind } from '../domain/order/appointment-kind.ts';
import type { ListedReview, ListedStatus } from '../domain/order/match-review.ts';
import type { AppointmentFacts, MissingResult, OrderFacts } from '../domain/order/order-record.ts';
import { type AnswerOf, answers } from './answers.ts';
import { appointmentFacts } from './appointment-payload.ts';
import { type Contact, contactOf, PatientName } from './contact.ts';
import { idInPath } from './fields.ts';
import { getRequest, undocumented } from './get-request.ts';
import { parseJson } from './json.ts';
import { areTooManyMarkers, type OrderPayload, orderFacts, type ReadingOptions } from './order-payload.ts';
import { areLabResults, areOf, type ResultsOf } from './results-of.ts';
import type { JunctionOptions } from './send-request.ts';
import { isAbout, isSame } from './subject.ts';
import { JunctionUnavailable } from './unavailable.ts';

/** An order in Junction's list of a transaction's orders. */
export interface ListedOrder {
  readonly id: string;
  readonly status: string | null;
  readonly status_at: Instant | null;
}

/** One of the newest orders. The team is null if Junction does not name it. */
export interface NewestOrder {
  readonly id: string;
  readonly team_id: string | null;
}

/** An order in Junction's list of orders, and the facts it states; null if it cannot be read. */
export interface ListedFacts {
  readonly id: string;
  readonly facts: OrderFacts | null;
}

/** A page of Junction's list of orders. */
export interface OrdersPage {
  readonly orders: readonly ListedFacts[];
  readonly last: boolean;
  /** How many orders the list has, on all pages; null if Junction does not say. */
  readonly total: number | null;
}

/** A page of Junction's list of unmatched results. */
export interface UnmatchedPage {
  readonly reviews: readonly ListedReview[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

export type ResultFormat = 'json' | 'pdf';

export interface ClientOptions extends JunctionOptions, ReadingOptions {
  /** The machine's clock. The time of a request decides which facts its answer takes back. */
  readonly clock: () => Date;
  /** Called with the names of the fields of an answer that cannot be read and counted as absent. */
  readonly onUnreadable?: (fields: readonly string[]) => void;
}

const NOBODY = { user_id: null, client_user_id: null, team_id: null };
/** Orders on a page of a list. */
export const PAGE_SIZE = 100;
/** The most ids in one request, so that its address stays far below the 8 KB that servers commonly accept. */
export const MAX_IDS = 50;
/** Lambda limits an answer to 6 MB, and base64 adds a third. */
const MAX_DOCUMENT = 4_400_000;
const NEWEST_ORDERS = 10;
const NOT_FOUND: ReadonlySet<number> = new Set([404]);
const NOT_ENABLED: ReadonlySet<number> = new Set([400]);
/** Junction does not document how it answers for an order without an appointment. */
const NO_APPOINTMENT: ReadonlySet<number> = new Set([400, 404, 422]);

/**
 * The routes of Junction's API that are used here. Answers are read by the schemas for webhooks. Each method throws
 * JunctionUnavailable if there is no usable answer.
 */
export class JunctionClient {
  readonly #options: ClientOptions;

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** The facts that an order states now; null if Junction does not know the order. */
  async order(id: string): Promise<OrderFacts | null> {
    const askedAt = this.#now();
    const payload = await this.#get(pathOf('order', id), 'order');
    if (!payload) return null;
    const facts = this.#factsOf(payload, askedAt);
    if (!isAbout({ orderId: id, teamId: this.#options.teamId ?? null }, facts)) throw undocumented();
    return facts;
  }

  /**
   * A page, from 1, of the orders that changed at or after `since`, ordered by creation. Orders never leave this list,
   * and an order that joins it only moves later ones back: reading it page by page may repeat orders, but misses none.
   */
  ordersChangedSince(since: Instant, page: number): Promise<OrdersPage> {
    return this.#page({ updated_start_date: exact(since), order_direction: 'asc' }, page);
  }

  /**
   * A page, from 1, of the orders created from one time to another, both included, oldest first. The times are read to the
   * millisecond: https://docs.junction.com/api-reference/lab-testing/get-orders
   */
  ordersCreatedBetween(from: Instant, to: Instant, page: number): Promise<OrdersPage> {
    return this.#page({ start_date: exact(from), end_date: exact(to), order_direction: 'asc' }, page);
  }

  /** A page, from 1, of the orders with critical results that changed at or after `since`, newest first by creation. */
  criticalOrders(since: Instant, page: number): Promise<OrdersPage> {
    const critical = { is_critical: 'true', updated_start_date: exact(since) };
    return this.#page({ ...critical, order_direction: 'desc' }, page);
  }

  async #page(query: Record<string, string>, page: number): Promise<OrdersPage> {
    const askedAt = this.#now();
    const answer = await this.#orders({
      ...query,
      order_key: 'created_at',
      page: String(page),
      size: String(PAGE_SIZE),
    });
    const before = (page - 1) * (answer.size || PAGE_SIZE);
    return {
      orders: this.#listed(answer, askedAt),
      last:
        answer.orders.length === 0 || (answer.total != null && before + answer.orders.length >= answer.total),
      total: answer.total ?? null,
    };
  }

  /** What the list states about the orders with these ids, MAX_IDS at most. It leaves out orders that Junction does not know. */
  async ordersById(ids: readonly string[]): Promise<ListedFacts[]> {
    const askedAt = this.#now();
    const query = new URLSearchParams([
      ...ids.map((id): [string, string] => ['order_ids', id]),
      ['size', String(PAGE_SIZE)],
    ]);
    return this.#listed(await this.#orders(query), askedAt).filter(({ id }) => ids.includes(id));
  }

  /** The first orders of a user that were created in a period, oldest first. */
  async ordersOfUser(userId: string, from: Instant, to: Instant) {
    const askedAt = this.#now();
    const answer = await this.#orders({
      user_id: userId,
      start_date: exact(from),
      end_date: exact(to),
      order_key: 'created_at',
      order_direction: 'asc',
      size: String(PAGE_SIZE),
    });
    for (const order of answer.orders) if (order) assertSame(userId, String(order.user_id));
    return this.#listed(answer, askedAt);
  }

  /** The ten newest orders, with their teams: the key's team. */
  async newestOrders(): Promise<NewestOrder[]> {
    const answer = await this.#orders({
      order_key: 'created_at',
      order_direction: 'desc',
      size: String(NEWEST_ORDERS),
    });
    return answer.orders
      .filter((order) => order !== null)
      .map(({ id, team_id }) => ({ id, team_id: typeof team_id === 'string' && team_id ? team_id : null }));
  }

  /** The appointment of an order; null if it has none. */
  async appointment(kind: AppointmentKind, orderId: string): Promise<AppointmentFacts | null> {
    const askedAt = this.#now();
    const path = `${pathOf('order', orderId)}/${kind}/appointment`;
    const payload = await this.#get(path, 'appointment', NO_APPOINTMENT);
    if (payload) assertSame(orderId, payload.order_id);
    return payload && appointmentFacts(payload, askedAt);
  }

  /** How the patient of an order is reached; null if Junction does not know the order. */
  async contact(orderId: string): Promise<Contact | null> {
    const payload = await this.#get(pathOf('order', orderId), 'contact');
    if (payload) assertSame(orderId, payload.id);
    return payload && contactOf(payload);
  }

  /** The name of the patient of an order; null if Junction does not know the order. */
  async patientName(orderId: string): Promise<PatientName | null> {
    const payload = await this.#get(pathOf('order', orderId), 'patient_name');
    if (payload) assertSame(orderId, payload.id);
    const { first_name = null, last_name = null } = payload?.patient_details ?? {};
    return payload && new PatientName(first_name, last_name);
  }

  /** Whether Junction sends SMS about an order itself; null if Junction does not know the order. E-mail has no such setting. */
  async sendsSms(orderId: string): Promise<boolean | null> {
    const path = `${pathOf('order', orderId)}/communication_settings`;
    const answer = await this.#get(path, 'communication_settings');
    if (answer) assertSame(orderId, answer.order_id);
    return answer === null ? null : answer.sms_enabled;
  }

  /** The orders of a transaction; null if Junction does not know the transaction. */
  async transactionOrders(id: string): Promise<ListedOrder[] | null> {
    const answer = await this.#get(pathOf('order_transaction', id), 'transaction');
    if (answer) assertSame(id, answer.id);
    if (answer) assertSame(this.#options.teamId, answer.team_id);
    return (
      answer?.orders
        .filter((order) => order !== null)
        .map((order) => ({
          id: order.id,
          status: order.last_status ?? order.low_level_status,
          status_at: order.last_status_created_at ?? order.low_level_status_created_at,
        })) ?? null
    );
  }

  /**
   * The markers missing from the results of an order, or from the combined results of a transaction; null if there are no
   * results, or if the markers do not fit into an item. Nothing else of the results is kept. Combined results are
   * documented for a completed transaction only.
   */
  async missingResults(of: ResultsOf): Promise<MissingResult[] | null> {
    const answer = await this.#get(resultPath(of), 'results');
    if (answer && !areOf(of, answer)) throw undocumented();
    if (!answer || areTooManyMarkers(answer.missing_results)) return null;
    return answer.missing_results.map(({ inferred_failure_type, ...marker }) => ({
      ...marker,
      failure_type: inferred_failure_type,
    }));
  }

  /**
   * A page of the unmatched results with a status; with `since`, of those received on that day or later. Junction answers 400 to a
   * team without this feature: https://docs.junction.com/lab/workflow/unmatched-results
   */
  async unmatchedResults(
    status: ListedStatus,
    since: Instant | null,
    cursor: string | null,
  ): Promise<UnmatchedPage> {
    const query = new URLSearchParams({
      status,
      ...(since !== null && { created_at_start: since.slice(0, 10) }),
      limit: String(PAGE_SIZE),
      ...(cursor !== null && { next_cursor: cursor }),
    });
    const answer = await this.#get(`/v3/unmatched_result?${query}`, 'unmatched_results', NOT_ENABLED);
    if (!answer) throw new JunctionUnavailable("Junction's API did not answer: 400", 'not_enabled');
    return { reviews: answer.data.filter((review) => review !== null), next: answer.next_cursor };
  }

  /** Whether Junction knows an unmatched result. */
  async knowsUnmatchedResult(id: string): Promise<boolean> {
    const answer = await this.#get(`/v3/unmatched_result/${encodeURIComponent(id)}`, 'unmatched_result');
    if (answer && answer.id !== id) throw undocumented();
    return answer !== null;
  }

  /** The results of an order, or the combined results of a transaction, byte for byte; null if Junction has none. */
  results(of: ResultsOf, format: ResultFormat): Promise<Buffer | null> {
    const path = resultPath(of);
    return format === 'pdf'
      ? this.#bytes(`${path}/pdf`, isPdf)
      : this.#bytes(path, (bytes) => areLabResults(bytes, of));
  }

  /** The requisition of an order, which the patient takes to the lab, as a PDF; null if Junction has none. */
  requisition(orderId: string): Promise<Buffer | null> {
    return this.#bytes(`${pathOf('order', orderId)}/requisition/pdf`, isPdf);
  }

  #bytes(path: string, isComplete: (bytes: Buffer) => boolean): Promise<Buffer | null> {
    const options = { ...this.#options, maxBytes: MAX_DOCUMENT };
    return getRequest(options, path, (bytes) => (isComplete(bytes) ? bytes : undefined), NOT_FOUND);
  }

  async #orders(query: Record<string, string> | URLSearchParams): Promise<AnswerOf<'orders'>> {
    const answer = await this.#get(`/v3/orders?${new URLSearchParams(query)}`, 'orders');
    if (!answer) throw undocumented();
    return answer;
  }

  async #get<Kind extends keyof typeof answers>(
    path: string,
    kind: Kind,
    notFound = NOT_FOUND,
  ): Promise<AnswerOf<Kind> | null> {
    const found = await getRequest(this.#options, path, readJson, notFound);
    if (found === null) return null;
    const data = this.#read(kind, found.json);
    if (data === null) throw undocumented();
    return data;
  }

  /** Reads an answer, or a part of one; null if it cannot be read. */
  #read<Kind extends keyof typeof answers>(kind: Kind, json: unknown): AnswerOf<Kind> | null {
    const reading = answers[kind](json);
    if ('issues' in reading) return null;
    if (reading.unreadable.length > 0) {
      this.#options.onUnreadable?.(reading.unreadable.map((name) => `${kind}.${name}`));
    }
    return reading.data as AnswerOf<Kind>;
  }

  /** The orders of a list. An entry without an id is left out. */
  #listed({ orders }: AnswerOf<'orders'>, askedAt: Instant): ListedFacts[] {
    return orders
      .filter((listed) => listed !== null)
      .map((listed) => {
        const order = this.#read('order', listed);
        return { id: listed.id, facts: order && this.#factsOf(order, askedAt) };
      });
  }

  #now(): Instant {
    return parseInstant(this.#options.clock().toISOString()) ?? '';
  }

  #factsOf(order: OrderPayload, askedAt: Instant): OrderFacts {
    const { keepInterpretation = false } = this.#options;
    return orderFacts(order, NOBODY, askedAt, { keepInterpretation });
  }
}

/** A time as a list of orders takes it. */
const exact = (time: Instant) => new Date(time).toISOString();

function pathOf(of: 'order' | 'order_transaction', id: string): string {
  return `/v3/${of}/${idInPath(id)}`;
}

function readJson(bytes: Buffer): { json: unknown } | undefined {
  const json = parseJson(bytes);
  return json === undefined ? undefined : { json };
}

/** An answer about something else than what was asked is no answer. */
function assertSame(asked: string | null | undefined, answered: string | null): void {
  if (!isSame(asked, answered)) throw undocumented();
}

function isPdf(bytes: Buffer): boolean {
  return bytes.subarray(0, 5).toString('latin1') === '%PDF-';
}

const resultPath = ({ orderId, transactionId }: ResultsOf): string =>
  `${orderId === null ? pathOf('order_transaction', transactionId) : pathOf('order', orderId)}/result`;

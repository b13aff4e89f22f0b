import * as z from 'zod/mini';
import type { Instant } from '../../domain/instant.ts';
import { type AppointmentKind, isBooked } from '../../domain/order/appointment-kind.ts';
import type { AppointmentFacts, OrderFacts } from '../../domain/order/order-record.ts';
import type { PortalContext } from '../../domain/order/portal-context.ts';
import type { Digest } from '../../domain/order/rank.ts';
import type { CataloguedTest, HomeService } from '../../domain/placing/circumstances.ts';
import { appointmentFacts, readAppointmentPayload } from '../appointment-payload.ts';
import { JunctionClient, type ListedFacts } from '../client.ts';
import { orNull, text } from '../fields.ts';
import { getRequest, undocumented } from '../get-request.ts';
import { parseJson } from '../json.ts';
import { dataOf } from '../lenient-reading.ts';
import { orderFacts, type ReadingOptions, readOrderPayload } from '../order-payload.ts';
import type { JunctionOptions } from '../send-request.ts';
import { type Availability, availability } from './availability.ts';
import { areaAnswer, cataloguedTest, homeService, labTestAnswer } from './catalogue.ts';
import { type Place, personalIn, placeOf } from './place.ts';
import { type WriteRequest, writeRequest } from './write-request.ts';

/** An order as Junction answered: unread, with patient data, and the facts in it. */
export interface AnsweredOrder {
  readonly json: Readonly<Record<string, unknown>>;
  readonly facts: OrderFacts;
}

/** An order, and the patient data in it that is needed to book: held in memory only. */
export interface BookableOrder extends AnsweredOrder {
  /** Null if Junction does not say. */
  readonly place: Place | null;
  /** What a refusal must not quote. */
  readonly personal: unknown;
}

/** The reasons for which an appointment can be cancelled. */
export const cancellationReasons = z.array(
  z.object({ id: text, name: text, is_refundable: orNull(z.boolean()) }),
);

const NOBODY = { user_id: null, client_user_id: null, team_id: null };
const NOT_FOUND: ReadonlySet<number> = new Set([404]);
/** The limits of a request whose answer is useful, but not needed. */
const LOOKUP = { attempts: 1, maxRequestTime: 3_000 };

/** What a booking names: a slot of the availability, or a provider that sets the time later. */
export type Booking = { readonly appointment_notes?: string | null | undefined } & (
  | { readonly booking_key: string }
  | { readonly provider: string }
);

/** A link for the patient, and the number of seconds it is valid. */
export const portalLink = z.object({ url: z.url(), expires_in: orNull(z.int()) });
type PortalLink = z.output<typeof portalLink>;

/** One of Junction's reasons. */
export interface Cancellation {
  readonly cancellation_reason_id: string;
  readonly notes?: string | null | undefined;
}

/** Which appointment is changed, and when. */
export interface Asked {
  readonly kind: AppointmentKind;
  readonly orderId: string;
  /** What a refusal must not quote, apart from the request itself. */
  readonly personal: unknown;
  readonly now: Instant;
  readonly digest: Digest;
}

/**
 * The routes of Junction's API by which orders are placed, booked and cancelled. Each method throws JunctionUnavailable if there
 * is no usable answer. Those that change something throw JunctionRefused if Junction refuses, and JunctionOutcomeUnknown if it is not
 * known whether the change was made.
 */
export class OrderingClient {
  readonly #options: JunctionOptions & ReadingOptions;
  readonly #reading: JunctionClient;

  constructor(options: JunctionOptions & ReadingOptions) {
    this.#options = options;
    this.#reading = new JunctionClient(options);
  }

  /** A lab test of the catalogue; null if there is none with this id. One attempt, with a short timeout. */
  async labTest(id: string): Promise<CataloguedTest | null> {
    const test = await this.#get(`/v3/lab_tests/${encodeURIComponent(id)}`, labTestAnswer, LOOKUP);
    return test && cataloguedTest(test);
  }

  /** The at-home phlebotomy providers in a five-digit ZIP code. One attempt, with a short timeout. */
  async homeService(zip: string): Promise<HomeService> {
    const query = new URLSearchParams({ zip_code: zip });
    const area = await this.#get(`/v3/order/area/info?${query}`, areaAnswer, LOOKUP);
    if (!area) throw undocumented();
    return homeService(area);
  }

  /** Places an order. Junction does it once for each idempotency key, however often it is asked. */
  placeOrder(body: unknown, idempotencyKey: string, now: Instant, digest: Digest): Promise<AnsweredOrder> {
    const request: WriteRequest = {
      method: 'POST',
      path: '/v3/order',
      body,
      headers: { 'x-idempotency-key': idempotencyKey },
      repeatable: true,
      personal: personalIn(body),
    };
    return writeRequest(this.#options, request, (json) => this.#orderIn(json, now, digest));
  }

  /** An order, and where it is collected; null if Junction does not know the order. */
  async order(id: string, now: Instant, digest: Digest): Promise<BookableOrder | null> {
    const json = await this.#get(pathOf(id), z.looseObject({}));
    const read = json && this.#answeredOrder(json, now, digest);
    if (!read) {
      if (json) throw undocumented();
      return null;
    }
    const { patient_details, patient_address } = read.json;
    return { ...read, place: placeOf(json), personal: { patient_details, patient_address } };
  }

  /** Cancels an order. */
  cancelOrder(id: string, personal: unknown, now: Instant, digest: Digest): Promise<AnsweredOrder> {
    const request: WriteRequest = {
      method: 'POST',
      path: `${pathOf(id)}/cancel`,
      repeatable: false,
      personal,
    };
    return writeRequest(this.#options, request, (json) => this.#orderIn(json, now, digest));
  }

  /** The free slots from a day on: at home, or at the service centers of the lab near the patient. */
  async availability(
    kind: AppointmentKind,
    { place, personal }: Pick<BookableOrder, 'personal'> & { readonly place: Place },
    startDate: string | null,
  ): Promise<Availability> {
    const query = new URLSearchParams(startDate === null ? {} : { start_date: startDate });
    if (kind === 'psc') {
      if (place.lab === null || !isBooked(kind, place.lab)) return { timezone: null, slots: [] };
      query.set('lab', place.lab);
      query.set('zip_code', place.zip);
    }
    const request: WriteRequest = {
      method: 'POST',
      path: `/v3/order/${kind}/appointment/availability?${query}`,
      ...(kind === 'phlebotomy' && { body: place.address }),
      // It changes nothing.
      repeatable: true,
      personal: [personal, place],
    };
    return writeRequest(this.#options, request, (json) => availability.safeParse(json).data);
  }

  /** The orders of a user that were created in a period. */
  ordersOfUser(...asked: Parameters<JunctionClient['ordersOfUser']>): Promise<ListedFacts[]> {
    return this.#reading.ordersOfUser(...asked);
  }

  /** The appointment of an order; null if it has none. */
  appointment(...asked: Parameters<JunctionClient['appointment']>): Promise<AppointmentFacts | null> {
    return this.#reading.appointment(...asked);
  }

  async cancellationReasons(kind: AppointmentKind): Promise<z.output<typeof cancellationReasons>> {
    const reasons = await this.#get(
      `/v3/order/${kind}/appointment/cancellation-reasons`,
      cancellationReasons,
    );
    if (!reasons) throw undocumented();
    return reasons;
  }

  /** Books a slot, or requests a visit at the address of the order. */
  book(asked: Asked, booking: Booking, place: Place | null): Promise<AppointmentFacts> {
    const isSlot = 'booking_key' in booking;
    const body = isSlot ? booking : { ...booking, address: place?.address };
    return this.#changeAppointment('POST', isSlot ? 'book' : 'request', asked, body);
  }

  reschedule(asked: Asked, booking: Booking): Promise<AppointmentFacts> {
    return this.#changeAppointment('PATCH', 'reschedule', asked, booking);
  }

  cancelAppointment(asked: Asked, cancellation: Cancellation): Promise<AppointmentFacts> {
    return this.#changeAppointment('PATCH', 'cancel', asked, cancellationBody(asked.kind, cancellation));
  }

  /**
   * Creates a link that signs the patient in to Junction's portal without a password. It must not be logged or stored.
   * https://docs.junction.com/api-reference/user/create-portal-url
   */
  portalLink(userId: string, orderId: string, context: PortalContext): Promise<PortalLink> {
    const request: WriteRequest = {
      method: 'POST',
      path: `/v2/user/${encodeURIComponent(userId)}/create_portal_url`,
      body: { context, order_id: orderId },
      // Creating another link is harmless.
      repeatable: true,
    };
    return writeRequest(this.#options, request, (json) => portalLink.safeParse(json).data);
  }

  #changeAppointment(
    method: 'POST' | 'PATCH',
    verb: string,
    { kind, orderId, personal, now, digest }: Asked,
    body: unknown,
  ): Promise<AppointmentFacts> {
    const request: WriteRequest = {
      method,
      path: `${pathOf(orderId)}/${kind}/appointment/${verb}`,
      body,
      repeatable: false,
      personal: [personal, body],
    };
    return writeRequest(this.#options, request, (json) => {
      const data = dataOf(readAppointmentPayload(json));
      return data && appointmentFacts(data, now, digest, now);
    });
  }

  #orderIn(json: unknown, now: Instant, digest: Digest): AnsweredOrder | undefined {
    const { data } = z.object({ order: z.looseObject({}) }).safeParse(json);
    return data && this.#answeredOrder(data.order, now, digest);
  }

  #answeredOrder(
    json: Readonly<Record<string, unknown>>,
    now: Instant,
    digest: Digest,
  ): AnsweredOrder | undefined {
    const data = dataOf(readOrderPayload(json));
    if (!data) return undefined;
    const { keepInterpretation = false } = this.#options;
    return { json, facts: orderFacts(data, NOBODY, now, digest, { askedAt: now, keepInterpretation }) };
  }

  async #get<Schema extends z.ZodMiniType>(
    path: string,
    schema: Schema,
    limits: Partial<JunctionOptions> = {},
  ): Promise<z.output<Schema> | null> {
    const read = (bytes: Buffer) => {
      const json = parseJson(bytes);
      return json === undefined ? undefined : { json };
    };
    const found = await getRequest({ ...this.#options, ...limits }, path, read, NOT_FOUND);
    if (found === null) return null;
    const parsed = schema.safeParse(found.json);
    if (!parsed.success) throw undocumented();
    return parsed.data;
  }
}

/**
 * For appointments at centers, Junction's OpenAPI document and SDK name the fields in camel case, its page in snake case:
 * https://docs.junction.com/api-reference/lab-testing/psc-scheduling/appointment-psc-cancelling
 */
function cancellationBody(kind: AppointmentKind, { cancellation_reason_id, notes }: Cancellation) {
  const body = { cancellation_reason_id, notes };
  if (kind === 'phlebotomy') return body;
  return { ...body, cancellationReasonId: cancellation_reason_id, note: notes };
}

const pathOf = (orderId: string) => `/v3/order/${encodeURIComponent(orderId)}`;

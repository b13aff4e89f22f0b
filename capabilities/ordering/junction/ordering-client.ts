import * as z from 'zod/mini';
import { describe } from '../../../core/domain/describe.ts';
import type { Instant } from '../../../core/domain/instant.ts';
import { type AppointmentKind, isBooked } from '../../../core/domain/order/appointment-kind.ts';
import type { AppointmentFacts, OrderFacts } from '../../../core/domain/order/order-record.ts';
import type { PortalContext } from '../../../core/domain/order/portal-context.ts';
import { appointmentFacts, readAppointmentPayload } from '../../../core/junction/appointment-payload.ts';
import { type ClientOptions, JunctionClient, type ListedFacts } from '../../../core/junction/client.ts';
import { idInPath, opaqueIdOrNull } from '../../../core/junction/fields.ts';
import { getRequest, undocumented } from '../../../core/junction/get-request.ts';
import { parseJson } from '../../../core/junction/json.ts';
import { orderFacts, readOrderPayload } from '../../../core/junction/order-payload.ts';
import type { JunctionOptions } from '../../../core/junction/send-request.ts';
import { isAbout, isSame, type Subject } from '../../../core/junction/subject.ts';
import { looseObject, object, oneOf } from '../../../core/reading/readers.ts';
import { dataOf, type Reader, readStrictly } from '../../../core/reading/reading.ts';
import type { CataloguedTest, HomeService, LabAccount } from '../rules/circumstances.ts';
import {
  type AppointmentChange,
  type Asked,
  type AskedAppointment,
  type Booking,
  type Cancellation,
  cancellationBody,
  type Placing,
} from './asked.ts';
import { type Availability, availability, orNull } from './availability.ts';
import {
  activeLabAccounts,
  areaAnswer,
  cataloguedTest,
  homeService,
  labAccountsAnswer,
  labTestAnswer,
} from './catalogue.ts';
import { type Place, placeOf } from './place.ts';
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
}

/** The reasons for which an appointment can be cancelled. */
const cancellationReason = z.object({
  id: z.string(),
  name: z.string(),
  is_refundable: orNull(z.boolean()),
});
DOCS: describe(cancellationReason, {
  id: 'CancellationReason',
  description: 'A reason for which an appointment can be cancelled.',
  properties: {
    id: 'The ID of the reason.',
    name: 'The reason in words.',
    is_refundable: 'Whether the price of the appointment is paid back.',
  },
});
export const cancellationReasons = z.array(cancellationReason);

const IDEMPOTENCY_KEY = 'x-idempotency-key';
const NOBODY = { user_id: null, client_user_id: null, team_id: null };
const NOT_FOUND: ReadonlySet<number> = new Set([404]);
/** The limits of a request whose answer is useful, but not needed. */
const LOOKUP = { attempts: 1, maxRequestTime: 3_000 };

/** A link for the patient, and the number of seconds it is valid. */
export const portalLink = z.object({ url: z.url(), expires_in: orNull(z.int()) });
DOCS: describe(portalLink, {
  id: 'PortalLink',
  description: 'A link that lets its holder into Junction’s portal as the patient.',
  properties: {
    url: 'The link. Neither store nor log it.',
    expires_in: 'How many seconds it is valid; null if Junction does not say.',
  },
});
type PortalLink = z.output<typeof portalLink>;

/** An order with a lab test that Junction made of what was ordered. */
const madeLabTest = object({
  order: object({ lab_test: object({ auto_generated: oneOf([true]) }) }),
});
const ofUser = object({ user_id: opaqueIdOrNull });
const anyObject = looseObject({});
const answerWithOrder = object({ order: anyObject });

/**
 * The routes of Junction's API by which orders are placed, booked and cancelled. Each method throws JunctionUnavailable if there
 * is no usable answer. Those that change something throw JunctionRefused if Junction refuses, and JunctionOutcomeUnknown if it is not
 * known whether the change was made.
 */
export class OrderingClient {
  readonly #options: ClientOptions;
  readonly #reading: JunctionClient;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#reading = new JunctionClient(options);
  }

  /** A lab test of the catalogue; null if there is none with this id. One attempt, with a short timeout. */
  async labTest(id: string): Promise<CataloguedTest | null> {
    const test = await this.#get(`/v3/lab_tests/${idInPath(id)}`, reading(labTestAnswer), LOOKUP);
    if (test && !isSame(id, test.id)) throw undocumented();
    return test && cataloguedTest(test);
  }

  /** The at-home phlebotomy providers in a five-digit ZIP code. One attempt, with a short timeout. */
  async homeService(zip: string): Promise<HomeService> {
    const query = new URLSearchParams({ zip_code: zip });
    const area = await this.#get(`/v3/order/area/info?${query}`, reading(areaAnswer), LOOKUP);
    if (!area || !isSame(zip, area.zip_code)) throw undocumented();
    return homeService(area);
  }

  /** The active accounts of the team at labs. One attempt, with a short timeout. */
  async labAccounts(): Promise<LabAccount[]> {
    const accounts = await this.#get('/v3/lab_test/lab_account', reading(labAccountsAnswer), LOOKUP);
    if (!accounts) throw undocumented();
    return activeLabAccounts(accounts);
  }

  /** Places an order. Junction does it once for each idempotency key, however often it is asked. */
  placeOrder({ body, idempotencyKey, subject, now }: Placing): Promise<AnsweredOrder> {
    const request: WriteRequest = {
      method: 'POST',
      path: '/v3/order',
      body,
      headers: { [IDEMPOTENCY_KEY]: idempotencyKey },
      repeatable: true,
    };
    return writeRequest(this.#options, request, (json) => {
      const about = readStrictly(madeLabTest, json) ? { ...subject, labTestId: null } : subject;
      return this.#orderIn(json, about, now);
    });
  }

  /** An order, and where it is collected; null if Junction does not know the order. */
  async order(id: string, now: Instant, subject: Subject = {}): Promise<BookableOrder | null> {
    const json = await this.#get(pathOf(id), reading(anyObject));
    if (!json) return null;
    const read = this.#answeredOrder(json, { ...subject, orderId: id }, now);
    if (!read) throw undocumented();
    return { ...read, place: placeOf(json) };
  }

  /** Cancels an order. */
  cancelOrder({ orderId, now, ...subject }: Asked): Promise<AnsweredOrder> {
    const request: WriteRequest = { method: 'POST', path: `${pathOf(orderId)}/cancel`, repeatable: false };
    return writeRequest(this.#options, request, (json) => this.#orderIn(json, { ...subject, orderId }, now));
  }

  /** The free slots from a day on: at home, or at the service centers of the lab near the patient. */
  async availability(kind: AppointmentKind, place: Place, startDate: string | null): Promise<Availability> {
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
      mayBeForbidden: kind === 'psc',
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
      (json) => cancellationReasons.safeParse(json).data,
    );
    if (!reasons) throw undocumented();
    return reasons;
  }

  /**
   * Books a slot, or requests a visit at the address of the order. At a center, Junction does it once for each idempotency key.
   * https://docs.junction.com/api-reference/lab-testing/psc-scheduling/appointment-psc-booking
   */
  book(asked: AskedAppointment, booking: Booking, place: Place | null, idempotencyKey: string) {
    const isSlot = 'booking_key' in booking;
    return this.#changeAppointment(asked, {
      method: 'POST',
      verb: isSlot ? 'book' : 'request',
      body: isSlot ? booking : { ...booking, address: place?.address },
      ...(asked.kind === 'psc' && { idempotencyKey }),
    });
  }

  reschedule(asked: AskedAppointment, booking: Booking): Promise<AppointmentFacts> {
    return this.#changeAppointment(asked, { method: 'PATCH', verb: 'reschedule', body: booking });
  }

  cancelAppointment(asked: AskedAppointment, cancellation: Cancellation): Promise<AppointmentFacts> {
    const body = cancellationBody(asked.kind, cancellation);
    return this.#changeAppointment(asked, { method: 'PATCH', verb: 'cancel', body });
  }

  /**
   * Creates a link that signs the patient in to Junction's portal without a password. It must not be logged or stored.
   * https://docs.junction.com/api-reference/user/create-portal-url
   */
  portalLink(userId: string, orderId: string, context: PortalContext): Promise<PortalLink> {
    const request: WriteRequest = {
      method: 'POST',
      path: `/v2/user/${idInPath(userId)}/create_portal_url`,
      body: { context, order_id: orderId },
      // Creating another link is harmless.
      repeatable: true,
    };
    return writeRequest(this.#options, request, (json) => portalLink.safeParse(json).data);
  }

  #changeAppointment(
    { kind, orderId, userId, now }: AskedAppointment,
    { method, verb, body, idempotencyKey }: AppointmentChange,
  ): Promise<AppointmentFacts> {
    const request: WriteRequest = {
      method,
      path: `${pathOf(orderId)}/${kind}/appointment/${verb}`,
      body,
      ...(idempotencyKey !== undefined && { headers: { [IDEMPOTENCY_KEY]: idempotencyKey } }),
      repeatable: idempotencyKey !== undefined,
      mayBeForbidden: kind === 'psc',
    };
    return writeRequest(this.#options, request, (json) => {
      const data = dataOf(readAppointmentPayload(json));
      const user = readStrictly(ofUser, json)?.user_id;
      const isAsked = data && isSame(orderId, data.order_id) && isSame(userId, user);
      return isAsked ? appointmentFacts(data, now) : undefined;
    });
  }

  #orderIn(json: unknown, subject: Subject, now: Instant): AnsweredOrder | undefined {
    const data = readStrictly(answerWithOrder, json);
    return data && this.#answeredOrder(data.order, subject, now);
  }

  /** Undefined if it is not an order, or another one than was asked about. */
  #answeredOrder(
    json: Readonly<Record<string, unknown>>,
    subject: Subject,
    now: Instant,
  ): AnsweredOrder | undefined {
    const data = dataOf(readOrderPayload(json));
    if (!data) return undefined;
    const { keepInterpretation = false, teamId = null } = this.#options;
    const facts = orderFacts(data, NOBODY, now, { keepInterpretation });
    return isAbout({ ...subject, teamId: subject.teamId ?? teamId }, facts) ? { json, facts } : undefined;
  }

  async #get<Read>(
    path: string,
    readAnswer: (json: unknown) => Read | undefined,
    limits: Partial<JunctionOptions> = {},
  ): Promise<Read | null> {
    const read = (bytes: Buffer) => {
      const json = parseJson(bytes);
      return json === undefined ? undefined : { json };
    };
    const found = await getRequest({ ...this.#options, ...limits }, path, read, NOT_FOUND);
    if (found === null) return null;
    const answer = readAnswer(found.json);
    if (answer === undefined) throw undocumented();
    return answer;
  }
}

const pathOf = (orderId: string) => `/v3/order/${idInPath(orderId)}`;

const reading =
  <Read>(read: Reader<Read>) =>
  (json: unknown) =>
    readStrictly(read, json);

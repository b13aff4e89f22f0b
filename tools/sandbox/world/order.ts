import type {
  Billing,
  ClientFacingLabTest,
  ClientFacingOrder,
  ClientFacingOrderDetails,
  ClientFacingOrderEvent,
  ClientFacingOrderTransaction,
  OrderOrigin,
  OrderStatusDetail,
  OrderTransactionStatus,
} from '@junction-api/sdk/serialization';
import { type Instant, spellDay, spellTime } from '../time.ts';
import type { Modality } from './lab-tests.ts';
import { reportedStatus } from './lifecycle.ts';
import type { Panel } from './panel.ts';
import type { Patient } from './patient.ts';

export interface OrderEvent {
  id: number;
  at: Instant;
  high: string;
  low: string;
  detail: OrderStatusDetail.Raw | null;
}

/** An order in Junction's records; `results…` are null until the sample is taken. */
export interface Order {
  readonly id: string;
  readonly modality: Modality;
  readonly origin: OrderOrigin.Raw;
  readonly parentId: string | null;
  readonly labTest: ClientFacingLabTest.Raw;
  panel: Panel;
  readonly detailsId: string;
  /** Null in payloads until the requisition. */
  readonly sampleId: string;
  readonly billing: { type: Billing.Raw; priority: boolean };
  readonly createdAt: Instant;
  updatedAt: Instant;
  userId: string;
  events: OrderEvent[];
  appointmentId: string | null;
  /** The time of the first evidence of a draw; walk-in orders have no event for it. */
  drawnAt: Instant | null;
  resultsExpectedAt: Instant | null;
  resultsWorstCaseAt: Instant | null;
  hasMissingResults: boolean | null;
  interpretation: 'normal' | 'abnormal' | 'critical' | null;
  activateBy: Instant | null;
}

export interface Transaction {
  readonly id: string;
  readonly teamId: string;
  readonly orders: Order[];
  /** Overrides the rule in `reportedStatus`. */
  reported: OrderTransactionStatus.Raw | null;
}

/** A copy of the current transaction that later changes do not affect. */
export function standing(transaction: Transaction): Transaction {
  const orders = transaction.orders.map((order) => ({ ...order, events: [...order.events] }));
  return { ...transaction, orders };
}

/** The order with this id. @throws {Error} if there is none */
export function orderIn(transaction: Transaction, id: string): Order {
  const order = transaction.orders.find((one) => one.id === id);
  if (!order) throw new Error(`Transaction ${transaction.id} has no order ${id}`);
  return order;
}

export function newestEvent(order: Order): OrderEvent {
  const newest = order.events.at(-1);
  if (!newest) throw new Error(`Order ${order.id} has no event yet`);
  return newest;
}

/** Whether the lab has the order: there is a requisition, or it was imported with one. */
export function isRequested(order: Order): boolean {
  return order.events.some((event) => event.low.startsWith('requisition'));
}

/** The order as in the API reference: a full snapshot with all events so far. */
export function renderOrder(order: Order, transaction: Transaction, patient: Patient): ClientFacingOrder.Raw {
  const events = order.events.map((event) => renderEvent(order, event));
  const last = newestEvent(order);
  const hasRequisition = isRequested(order);
  return {
    user_id: order.userId,
    id: order.id,
    team_id: transaction.teamId,
    patient_details: patient.details,
    patient_address: patient.address,
    lab_test: order.labTest,
    details: renderDetails(order, patient),
    sample_id: hasRequisition ? order.sampleId : null,
    notes: patient.notes,
    clinical_notes: patient.clinicalNotes,
    created_at: spellTime(order.createdAt),
    updated_at: spellTime(order.updatedAt),
    events,
    status: last.high as NonNullable<ClientFacingOrder.Raw['status']>,
    last_event: renderEvent(order, last),
    physician: patient.physician,
    health_insurance_id: patient.healthInsuranceId,
    requisition_form_url: hasRequisition
      ? `https://requisitions.example.com/${patient.requisition ?? order.id}.pdf`
      : null,
    priority: order.billing.priority,
    shipping_details: order.modality === 'testkit' ? shippingAddress(patient) : null,
    activate_by: order.activateBy === null ? null : spellDay(order.activateBy),
    passthrough: patient.passthrough,
    billing_type: order.billing.type,
    icd_codes: patient.icdCodes,
    has_abn: false,
    interpretation: order.interpretation,
    has_missing_results: order.hasMissingResults,
    expected_result_by_date: order.resultsExpectedAt === null ? null : spellDay(order.resultsExpectedAt),
    worst_case_result_by_date: order.resultsWorstCaseAt === null ? null : spellDay(order.resultsWorstCaseAt),
    origin: order.origin,
    order_transaction: renderTransaction(transaction),
  };
}

export function renderTransaction(transaction: Transaction): ClientFacingOrderTransaction.Raw {
  const members = transaction.orders.map((order) => ({ ...order, low: newestEvent(order).low }));
  return {
    id: transaction.id,
    status: transaction.reported ?? reportedStatus(members),
    orders: [...members]
      .sort((a, b) => a.createdAt - b.createdAt)
      .map((order) => ({
        id: order.id,
        low_level_status: order.low as NonNullable<
          ClientFacingOrderTransaction.Raw['orders'][number]['low_level_status']
        >,
        low_level_status_created_at: spellTime(newestEvent(order).at),
        origin: order.origin,
        parent_id: order.parentId,
        created_at: spellTime(order.createdAt),
        updated_at: spellTime(order.updatedAt),
      })),
  };
}

function renderEvent(order: Order, event: OrderEvent): ClientFacingOrderEvent.Raw {
  return {
    id: event.id,
    created_at: spellTime(event.at),
    status: `${event.high}.${order.modality}.${event.low}` as ClientFacingOrderEvent.Raw['status'],
    status_detail: event.detail,
  };
}

function renderDetails(order: Order, patient: Patient): ClientFacingOrderDetails.Raw {
  const common = {
    id: order.detailsId,
    created_at: spellTime(order.createdAt),
    updated_at: spellTime(order.updatedAt),
  };
  switch (order.modality) {
    case 'on_site_collection':
      return { type: order.modality, data: common };
    case 'testkit':
      return { type: order.modality, data: { ...common, shipment: shipment(order, patient) } };
    default:
      return { type: order.modality, data: { ...common, appointment_id: order.appointmentId } };
  }
}

function shipment(order: Order, patient: Patient) {
  if (!order.events.some((event) => event.low === 'transit_customer')) return null;
  const url = `https://tracking.example.com/${patient.trackingNumber}`;
  return {
    id: order.detailsId,
    outbound_tracking_number: patient.trackingNumber,
    outbound_tracking_url: url,
    inbound_tracking_number: patient.trackingNumber,
    inbound_tracking_url: url,
    outbound_courier: 'usps',
    inbound_courier: 'usps',
    notes: patient.notes,
  };
}

function shippingAddress(patient: Patient) {
  const { receiver_name, phone_number, first_line, second_line, city, state, zip, country } = patient.address;
  return {
    receiver_name: receiver_name ?? '',
    first_line,
    second_line: second_line ?? null,
    city,
    state,
    zip,
    country,
    phone_number: phone_number ?? '',
  };
}

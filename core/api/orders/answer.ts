import * as z from 'zod/mini';
import { caller } from '../../domain/caller-schema.ts';
import { describe } from '../../domain/describe.ts';
import { SOURCES } from '../../domain/order/arrivals.ts';
import { DRAW_SIGNS } from '../../domain/order/draw-evidence.ts';
import {
  at,
  by,
  clientUserId,
  id,
  orderFields,
  orderProgress,
  teamId,
  text,
  time,
  transactionId,
  userId,
} from '../answer-fields.ts';
import { criticalReport, criticalResultState } from '../critical-results/answer.ts';

const source = z.enum(SOURCES);
DOCS: describe(source, { id: 'FactSource', description: 'Where this service learned something from.' });
const learned = { learned_at: time, learned_from: z.nullable(source) };
const learnedProperties = {
  learned_at: 'When this service learned it; null if that is not known.',
  learned_from: 'Where it learned it from; null if that is not known.',
};

export const appointment = z.object({
  id: z.string(),
  status: text,
  event_status: text,
  start_at: time,
  end_at: time,
  iana_timezone: text,
  provider: text,
  type: text,
  can_reschedule: z.nullable(z.boolean()),
  updated_at: time,
});
DOCS: describe(appointment, {
  id: 'Appointment',
  description: 'An appointment at home or at a patient service center.',
  properties: {
    id: 'Junction’s ID of the appointment.',
    status: 'Its status, as Junction reports it.',
    event_status: 'The status of its newest event.',
    start_at: 'When it starts.',
    end_at: 'When it ends.',
    iana_timezone: 'The time zone of the place, for example `America/Phoenix`.',
    provider: 'Who comes, or whose center it is.',
    type: '`phlebotomy` or `patient_service_center`.',
    can_reschedule: 'Whether it can be moved; null while Junction has not said.',
    updated_at: 'The time of its newest event.',
  },
});

const discard = z.object({ at, by, caller, note: z.string() });
DOCS: describe(discard, {
  id: 'Discard',
  description: 'Who took something off every list, when and why.',
  properties: { at: 'When it was discarded.', by: 'Who discarded it.', note: 'Why.' },
});

const orderedTest = z.object({ id: text, name: text, slug: text, lab: text });
DOCS: describe(orderedTest, {
  id: 'LabTest',
  description: 'The lab test that was ordered.',
  properties: {
    id: 'Junction’s ID of the lab test.',
    name: 'Its name.',
    slug: 'Junction’s slug of it.',
    lab: 'The lab, as Junction spells it.',
  },
});

const orderEvent = z.object({
  id: z.union([z.number(), z.string()]),
  created_at: at,
  status: z.string(),
  status_detail: text,
  ...learned,
});
DOCS: describe(orderEvent, {
  id: 'OrderEvent',
  description: 'An event of an order, as Junction reported it.',
  properties: {
    id: 'Junction’s ID of the event.',
    created_at: 'When it happened.',
    status: 'The status that it brought, for example `collecting_sample.walk_in_test.redraw_available`.',
    status_detail: 'Why, for example why a sample failed.',
    ...learnedProperties,
  },
});

const drawEvidence = z.object({ sign: z.enum(DRAW_SIGNS), status: text, at: time, ...learned });
DOCS: describe(drawEvidence, {
  id: 'DrawEvidence',
  description: 'A sign that the sample was drawn.',
  properties: {
    sign: 'The sign: a date of the result, a status, a completed appointment, or a critical result.',
    status: 'The status, if that is the sign.',
    at: 'When it happened; null if the sign has no time.',
    ...learnedProperties,
  },
});

const orderMatchReview = z.object({ id: z.string(), resolution_action: text, closed_at: at });
DOCS: describe(orderMatchReview, {
  id: 'OrderMatchReview',
  description: 'A match review that assigned a result to the order.',
  properties: {
    id: 'The ID of the match review.',
    resolution_action: 'How the review was resolved, as Junction reports it.',
    closed_at: 'When it was closed.',
  },
});

export const order = z.object({
  id,
  order_transaction_id: transactionId,
  ...orderFields,
  ...orderProgress,
  user_id: userId,
  client_user_id: clientUserId,
  team_id: teamId,
  lab_test: z.nullable(orderedTest),
  updated_at: time,
  events: z.array(orderEvent),
  appointments: z.array(appointment),
  draw_evidence: z.array(drawEvidence),
  critical_results: z.array(criticalReport),
  critical_result: z.nullable(criticalResultState),
  match_reviews: z.array(orderMatchReview),
  registered_at: time,
  discarded: z.nullable(discard),
});
DOCS: describe(order, {
  id: 'Order',
  description: 'An order: what Junction’s reports about it say.',
  properties: {
    id: 'The ID of the order.',
    updated_at: 'When Junction last changed it.',
    events: 'Its events. The last one decides its status.',
    appointments: 'Its appointments.',
    draw_evidence: 'The signs that the sample was drawn; empty if there is none.',
    critical_results: 'What Junction reported about a critical result.',
    critical_result: 'The state of its critical result; null if there is none.',
    match_reviews: 'The match reviews that assigned a result to it.',
    registered_at: 'When it was registered; null if it was not.',
    discarded:
      'Null unless a person discarded it, and Junction has not spoken of it since. It is then in no transaction.',
  },
});

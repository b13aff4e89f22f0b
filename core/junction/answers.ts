import { list, looseObject, naturalNumber, object, orNull } from '../reading/readers.ts';
import { type Reader, readLeniently } from '../reading/reading.ts';
import { readAppointmentPayload } from './appointment-payload.ts';
import { communicationSettings, contactPayload, namePayload } from './contact.ts';
import {
  instantOrNull,
  listOf,
  opaqueId,
  opaqueIdOrNull,
  openEnum,
  openEnumOrNull,
  textOrNull,
  uuid,
} from './fields.ts';
import { missingResult, readOrderPayload } from './order-payload.ts';
import { NEEDED_OF_ORIGIN, originFields } from './results-of.ts';

const listedOrder = object({
  id: uuid,
  last_status: openEnumOrNull,
  last_status_created_at: instantOrNull,
  low_level_status: openEnumOrNull,
  low_level_status_created_at: instantOrNull,
});

// A missing list is an undocumented answer, not an empty list. An entry that cannot be read hides no other one.
const transaction = object({ id: uuid, team_id: opaqueIdOrNull, orders: list(orNull(listedOrder)) });

const results = object({
  ...originFields,
  metadata: object({}),
  missing_results: listOf(missingResult),
});

const count = orNull(naturalNumber);
// Orders are read one by one: an order that cannot be read must not hide the others of its page.
const orders = object({
  orders: list(orNull(looseObject({ id: uuid }))),
  total: count,
  size: count,
});

const unmatchedResult = object({
  id: opaqueId,
  status: openEnum,
  decision_code: openEnumOrNull,
  resolution_action: openEnumOrNull,
  resolved_order_id: opaqueIdOrNull,
  updated_at: instantOrNull,
  reviewed_at: instantOrNull,
});
const unmatchedResults = object({
  data: list(orNull(unmatchedResult)),
  next_cursor: textOrNull,
});

function reader<Data>(read: Reader<Data>, needed: readonly string[]) {
  const set = new Set(needed);
  return (json: unknown) => readLeniently(read, json, set);
}

/** Reads the answers of Junction's API, by what is asked for. */
export const answers = {
  order: readOrderPayload,
  appointment: readAppointmentPayload,
  orders: reader(orders, ['orders']),
  transaction: reader(transaction, ['id', 'orders']),
  results: reader(results, [
    ...NEEDED_OF_ORIGIN,
    'metadata',
    'missing_results',
    'missing_results[]',
    'missing_results[].name',
  ]),
  unmatched_results: reader(unmatchedResults, ['data']),
  unmatched_result: reader(object({ id: opaqueId }), ['id']),
  contact: reader(contactPayload, ['id']),
  patient_name: reader(namePayload, ['id']),
  communication_settings: reader(communicationSettings, ['order_id', 'sms_enabled']),
};

/** What an answer holds, by what was asked for. */
export type AnswerOf<Kind extends keyof typeof answers> = Extract<
  ReturnType<(typeof answers)[Kind]>,
  { readonly unreadable: unknown }
>['data'];

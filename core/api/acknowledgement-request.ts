import * as z from 'zod/mini';
import { describe } from '../domain/describe.ts';
import { DECIDED_NAMES } from '../domain/transaction/decision.ts';
import { by } from '../http/request-fields.ts';
import { instant, unicode, uuid } from '../http/text-fields.ts';

const note = z.nullable(z.string().check(unicode, z.trim(), z.maxLength(1_000)));
DOCS: describe(note, {
  description: 'A note, without patient data: it is stored and shown. An empty note counts as no note.',
});
const replaced = z.nullable(instant);
DOCS: describe(replaced, {
  description:
    'The `at` of the acknowledgement that this one may replace, or null if there must be none. Without it, any is replaced.',
});

/** The body of a request that acknowledges. */
export const acknowledgementBody = z.strictObject({
  by,
  note: z.optional(note),
  replaces: z.optional(replaced),
});
DOCS: describe(acknowledgementBody, {
  id: 'AcknowledgementRequest',
  description: 'Acknowledges a stalled order.',
});

const stopMessages = z.boolean();
DOCS: describe(stopMessages, {
  description: 'Whether the patient gets no more messages about the redraw as long as it is acknowledged.',
});

const decided = z.nullable(z.enum(DECIDED_NAMES));
DOCS: describe(decided, {
  description: 'What was decided, where a person has to decide; null or absent where the note says it.',
});

/** The body of a request that acknowledges a redraw. */
export const redrawAcknowledgementBody = z.strictObject({
  ...acknowledgementBody.shape,
  stop_messages: z.optional(stopMessages),
  decided: z.optional(decided),
});
DOCS: describe(redrawAcknowledgementBody, {
  id: 'RedrawAcknowledgementRequest',
  description: 'Acknowledges a redraw.',
});

/** A request acknowledges or withdraws from at most this many redraws. */
const MAX_REDRAWS = 50;

const { replaces, ...common } = redrawAcknowledgementBody.shape;

const acknowledgedRedraw = z.strictObject({ transaction_id: uuid, replaces });
DOCS: describe(acknowledgedRedraw, {
  id: 'RedrawToAcknowledge',
  description: 'One of several redraws.',
  properties: { transaction_id: 'The transaction of the redraw.' },
});

/** The body of a request that acknowledges several redraws. */
export const redrawAcknowledgementsBody = z.strictObject({
  ...common,
  redraws: z.array(acknowledgedRedraw).check(z.minLength(1), z.maxLength(MAX_REDRAWS)),
});
DOCS: describe(redrawAcknowledgementsBody, {
  id: 'RedrawAcknowledgementsRequest',
  description: 'Acknowledges several redraws with the same words.',
  properties: { redraws: 'The redraws.' },
});

const acknowledged_at = z.optional(instant);
const acknowledgedAtText = 'The `at` of the only acknowledgement to withdraw. Without it, any is withdrawn.';

/** The query of a request that withdraws. */
export const withdrawalQuery = z.strictObject({ by, acknowledged_at });
DOCS: describe(withdrawalQuery, { properties: { acknowledged_at: acknowledgedAtText } });

const withdrawnRedraw = z.strictObject({ transaction_id: uuid, acknowledged_at });
DOCS: describe(withdrawnRedraw, {
  id: 'RedrawToWithdrawFrom',
  description: 'One of several redraws.',
  properties: { transaction_id: 'The transaction of the redraw.', acknowledged_at: acknowledgedAtText },
});

/** The body of a request that withdraws from several redraws. */
export const withdrawalsBody = z.strictObject({
  by,
  redraws: z.array(withdrawnRedraw).check(z.minLength(1), z.maxLength(MAX_REDRAWS)),
});
DOCS: describe(withdrawalsBody, {
  id: 'RedrawWithdrawalsRequest',
  description: 'Withdraws the acknowledgements of several redraws.',
  properties: { redraws: 'The redraws.' },
});

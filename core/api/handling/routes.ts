import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import type { HistoryEntry } from '../../domain/handling/history-entry.ts';
import { NOTE_KINDS } from '../../domain/handling/note.ts';
import { actorOf } from '../../http/identity.ts';
import { json } from '../../http/problem.ts';
import { by, byId, noQuery, paging, visibleLine } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { instant, unicode } from '../../http/text-fields.ts';
import { eachIntact } from '../../store/damaged-items.ts';
import { addNote } from '../../use-cases/handling/add-note.ts';
import { assign, unassign } from '../../use-cases/handling/assign.ts';
import { readHistory } from '../../use-cases/handling/read-history.ts';
import { reviewResults, withdrawReview } from '../../use-cases/handling/review-results.ts';
import { findTransaction } from '../../use-cases/team-visibility.ts';
import { requestedPage } from '../paging.ts';
import type { QueryContext } from '../query-context.ts';
import { showTransaction } from '../transactions/representation.ts';
import { note, noteList } from './answer.ts';

const assignmentBody = z.strictObject({
  assignee: visibleLine(128),
  follow_up_at: z.optional(z.nullable(instant)),
  replaces: z.optional(z.nullable(instant)),
  by: z.optional(by),
});
DOCS: describe(assignmentBody, {
  id: 'AssignmentRequest',
  description: 'Sets the owner and the follow-up.',
  properties: {
    assignee: 'The owner: a user who can sign in, or any other name on one line.',
    follow_up_at:
      'When the owner wants to look at it again: in the future, and at most 90 days away. Without it, an earlier follow-up is removed.',
    replaces:
      'The `at` of the assignment that this one may replace, or null if there must be none. Without it, any is replaced.',
  },
});
const unassignmentQuery = z.strictObject({ replaces: z.optional(instant), by: z.optional(by) });
DOCS: describe(unassignmentQuery, {
  properties: { replaces: 'The `at` of the only assignment to remove. Without it, any is removed.' },
});

const reviewBody = z.strictObject({ results_at: z.optional(instant), by: z.optional(by) });
DOCS: describe(reviewBody, {
  id: 'ReviewRequest',
  description: 'Marks results as reviewed.',
  properties: {
    results_at:
      'The newest `results_reported_at` that the person has seen, so that later results are not reviewed unseen.',
  },
});
const reviewQuery = z.strictObject({ replaces: z.optional(instant), by: z.optional(by) });
DOCS: describe(reviewQuery, {
  properties: { replaces: 'The `at` of the only review to take back. Without it, any is taken back.' },
});

const MAX_TEXT = 2_000;
const noteBody = z
  .strictObject({
    kind: z.enum(NOTE_KINDS),
    text: z.optional(z.nullable(z.string().check(unicode, z.trim(), z.maxLength(MAX_TEXT)))),
    withdraws: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
    by: z.optional(by),
  })
  .check(
    z.refine(({ kind, withdraws }) => (kind === 'withdrawn') === (withdraws !== undefined), {
      error: 'it must name an entry if the kind is withdrawn, and only then',
      path: ['withdraws'],
    }),

    z.refine(({ kind, text }) => kind !== 'note' || Boolean(text), {
      error: 'it must have at least 1 character, because a note needs a text',
      path: ['text'],
    }),
  );

DOCS: describe(noteBody, {
  id: 'NoteRequest',
  description: 'Adds a note, logs a contact, or withdraws either.',
  properties: {
    kind: '`note`, the outcome of an attempt to contact the patient, or `withdrawn`.',
    text: 'Free text without patient data: it is stored and shown as typed. A `note` needs it.',
    withdraws: 'The ID of the entry to withdraw; only with `withdrawn`, which needs it.',
  },
});
const repeatable = z.object({
  'idempotency-key': z.optional(
    z.string().check(z.regex(/^[\x21-\x7e]{1,255}$/, 'it must have 1 to 255 visible ASCII characters')),
  ),
});

DOCS: describe(repeatable, {
  properties: {
    'idempotency-key':
      'Makes the request repeatable: within a week, the same key of the same caller adds the note only once.',
  },
});

const listQuery = z.strictObject(paging);
const inPath = ({ id }: z.output<typeof byId>) => ({ transaction_id: id });

export const handlingRoutes = {
  'PUT /v1/transactions/{id}/assignment': route(
    { path: byId, query: noQuery, body: assignmentBody, underName: true },
    async (
      context: QueryContext,
      { path, body: { assignee, follow_up_at = null, replaces, by }, identity, hasScope },
    ) => {
      const actor = actorOf(identity(), by);
      const { id } = await findTransaction(context, path.id);
      const request = { ...actor, assignee, followUpAt: follow_up_at, replaces };
      const stored = await assign(context.projection, id, request, context.clock());
      return json(200, showTransaction(stored, hasScope));
    },
    { action: 'transaction.assign', changes: true, inPath },
  ),

  'DELETE /v1/transactions/{id}/assignment': route(
    { path: byId, query: unassignmentQuery, underName: true },
    async (context: QueryContext, { path, query: { replaces, by }, identity, hasScope }) => {
      const actor = actorOf(identity(), by);
      const { id } = await findTransaction(context, path.id);
      const stored = await unassign(context.projection, id, { ...actor, replaces }, context.clock());
      return json(200, showTransaction(stored, hasScope));
    },
    { action: 'transaction.unassign', changes: true, inPath },
  ),

  'PUT /v1/transactions/{id}/review': route(
    { path: byId, query: noQuery, body: reviewBody, underName: true },
    async (
      context: QueryContext,
      { path, body: { results_at: resultsAt = null, by }, identity, hasScope },
    ) => {
      const request = { ...actorOf(identity(), by), resultsAt };
      const { id } = await findTransaction(context, path.id);
      const stored = await reviewResults(context.projection, id, request, context.clock());
      return json(200, showTransaction(stored, hasScope));
    },
    { action: 'results_review.add', changes: true, inPath },
  ),

  'DELETE /v1/transactions/{id}/review': route(
    { path: byId, query: reviewQuery, underName: true },
    async (context: QueryContext, { path, query: { replaces = null, by }, identity, hasScope }) => {
      const request = { ...actorOf(identity(), by), replaces };
      const { id } = await findTransaction(context, path.id);
      const stored = await withdrawReview(context.projection, id, request, context.clock());
      return json(200, showTransaction(stored, hasScope));
    },
    { action: 'results_review.withdraw', changes: true, inPath },
  ),

  'GET /v1/transactions/{id}/notes': route(
    { path: byId, query: listQuery },
    async (context: QueryContext, { path, query }) => {
      const stored = await findTransaction(context, path.id);
      const list = { name: `transactions/${stored.id}/notes`, usual: 'desc' } as const;
      const { request, cursorAfter } = await requestedPage(context.cursors, list, query);
      const { entries, next } = await readHistory(context, stored, request);
      const next_cursor = await cursorAfter(next);
      const nameOf = ({ transaction_id, at }: HistoryEntry) => `NOTE#${transaction_id} ${at}`;
      const notes = eachIntact(context.table, entries, nameOf, (entry) => note.parse(entry));
      return json(200, noteList.parse({ notes, next_cursor }));
    },
  ),

  'POST /v1/transactions/{id}/notes': route(
    { path: byId, query: noQuery, body: noteBody, underName: true, headers: repeatable },
    async (
      context: QueryContext,
      { path, body: { kind, text, withdraws = null, by }, headers, identity },
    ) => {
      const actor = actorOf(identity(), by);
      const { id } = await findTransaction(context, path.id);
      const key = headers['idempotency-key'] ?? null;
      const request = { ...actor, kind, text: text || null, withdraws, key };
      return json(201, note.parse(await addNote(context.projection, id, request, context.clock())));
    },
    { action: 'note.add', changes: true, inPath },
  ),
};

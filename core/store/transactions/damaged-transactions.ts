import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { caller } from '../../domain/caller-schema.ts';
import { CONTACT_KINDS, NOTE_KINDS } from '../../domain/handling/note.ts';
import type { Departures } from '../../domain/members/standing.ts';
import type { Incompleteness } from '../../domain/stored/incompleteness.ts';
import { CHECK_CHANGES, CHECK_ORIGINS } from '../../domain/stored/junction-check.ts';
import {
  type HeldTransaction,
  isEmptied,
  type StoredTransaction,
  type TransactionMarks,
} from '../../domain/stored/stored-transaction.ts';
import { NO_KEYS, UNMARKED } from '../../domain/transaction/acknowledgement.ts';
import { DECIDED_NAMES } from '../../domain/transaction/decision.ts';
import { FOLLOWED_UP } from '../../domain/transaction/follow-up.ts';
import { CHANNELS, TOLD_STATES } from '../../domain/transaction/told.ts';
import { DamagedItem } from '../damaged-items.ts';
import { storedTime, storedTimeOrNull } from '../stored-times.ts';
import type { Item, Table } from '../table.ts';
import { transactionKey } from '../table-layout.ts';
import { orderCheckIn } from './index-keys.ts';
import { checkIn, instantIn, readHeldItem, STAMP } from './transaction-item.ts';

const text = z.string();
const textOrNull = z.nullable(z.string());

const unansweredSchema = z.object({
  count: z.int().check(z.positive()),
  since: z.optional(storedTime),
  retry_at: storedTime,
});

const marksSchema = z.object({
  progress: textOrNull,
  stale_since: storedTimeOrNull,
  acknowledgement: z.nullable(
    z.object({
      by: text,
      note: textOrNull,
      at: text,
      caller,
      stop_messages: z.boolean(),
      decided: z.optional(z.enum(DECIDED_NAMES)),
    }),
  ),
  withdrawal: z.optional(z.object({ by: text, at: text, caller })),
  unanswered_since: z.optional(storedTime),
  no_key: z.optional(z.enum(NO_KEYS)),
});

const toldSchema = z.object({
  channel: z.enum(CHANNELS),
  template: text,
  state: z.enum(TOLD_STATES),
  at: text,
});

const checksSchema = z.array(
  z.object({
    at: text,
    origin: z.enum(CHECK_ORIGINS),
    caller: z.nullable(caller),
    changes: z.array(z.object({ order_id: text, change: z.enum(CHECK_CHANGES), status: textOrNull })),
  }),
);
const acting = { by: text, at: text, caller };

const assignmentSchema = z.object({
  assignee: textOrNull,
  follow_up: z.nullable(z.object({ at: text, progress: text })),
  ...acting,
});
const notedSchema = z.object({ id: text, kind: z.enum(NOTE_KINDS), ...acting });
const contactSchema = z.object({
  kind: z.enum(CONTACT_KINDS),
  by: text,
  at: text,
  tries: z.int(),
  progress: textOrNull,
});

const reviewSchema = z.object({ of: text, ...acting });

const overdueSchema = z.array(z.enum(FOLLOWED_UP));

const incompleteSchema = z.object({
  missing: z.array(text),
  since: text,
  released: z.optional(z.literal(true)),
  notes: z.optional(z.array(notedSchema)),
  said: z.optional(
    z.looseObject({
      status: text,
      redraw: z.nullable(z.looseObject({ state: text })),
      open_order: z.nullable(z.looseObject({ stage: text })),
      anomalies: z.array(z.looseObject({ code: text, order_id: text })),
      marks: marksSchema,
    }),
  ),
});

const departuresSchema = z.record(z.string(), z.int());

const stamp = z.string().check(z.regex(STAMP));

/** What the state of a transaction is computed from. A damaged part would give a wrong state. */
const contributionSchema = z.object({
  v: z.number(),
  high: z.optional(text),
  low: z.optional(text),
  at: z.optional(stamp),
  from: z.optional(text),
  made: z.optional(z.union([stamp, z.literal('=')])),
  heard: z.optional(z.array(text)),
});

/** The part of an item that its readers rely on. */
const itemSchema = z.object({
  revision: z.int().check(z.positive()),
  u_sk: z.optional(text),
  c_sk: z.optional(text),
  team_id: z.optional(text),
  client_user_id: z.optional(text),
  contributions: z.record(z.string(), contributionSchema),
  departures: z.optional(departuresSchema),
  due: z.optional(text),
  marks: z.optional(marksSchema),
  checked_at: z.optional(stamp),
  check_at: z.optional(stamp),
  k_sk: z.optional(text),
  unanswered: z.optional(unansweredSchema),
  overdue: z.optional(overdueSchema),
  told: z.optional(toldSchema),
  checks: z.optional(checksSchema),
  assignment: z.optional(assignmentSchema),
  noted: z.optional(notedSchema),
  contact: z.optional(contactSchema),
  review: z.optional(reviewSchema),
  incomplete: z.optional(incompleteSchema),
});

const emptiedSchema = z.object({
  revision: z.int().check(z.positive()),
  emptied: z.literal(true),
  contributions: z.strictObject({}),
  departures: departuresSchema,
});

/** A transaction's item without validation; null if there is none. */
export async function readRawTransaction(table: Table, id: string): Promise<Item | null> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key: transactionKey(id), ConsistentRead: true }),
  );
  return Item ?? null;
}

/** The transaction in an item; null if the item is damaged. */
export function intactTransaction(item: Item): HeldTransaction | null {
  const schema = item.emptied === true ? emptiedSchema : itemSchema;
  if (!schema.safeParse(item).success) return null;
  try {
    return readHeldItem(item);
  } catch {
    return null;
  }
}

/**
 * The transaction in an item of a list; null if it was emptied.
 *
 * @throws DamagedItem if the item is damaged in any attribute that its readers rely on
 */
export function intactStored(item: Item): StoredTransaction | null {
  const held = intactTransaction(item);
  if (!held) throw new DamagedItem(item);
  return isEmptied(held) ? null : held;
}

/**
 * Reads a transaction consistently; null if there is none or it was emptied.
 *
 * @throws DamagedItem if the item is damaged in any attribute that its readers rely on
 */
export async function readIntact(table: Table, id: string): Promise<StoredTransaction | null> {
  const item = await readRawTransaction(table, id);
  return item && intactStored(item);
}

/** The marks that a damaged item still shows. They cannot be rebuilt from orders. */
export function salvagedMarks(item: Item): TransactionMarks {
  return {
    marks: marksSchema.safeParse(item.marks).data ?? UNMARKED,
    checked_at: instantIn(item.checked_at),
    check_at: checkIn(item),
    order_check_at: orderCheckIn(item),
    unanswered: unansweredSchema.safeParse(item.unanswered).data ?? null,
    overdue: overdueSchema.safeParse(item.overdue).data,
    told: toldSchema.safeParse(item.told).data,
    checks: checksSchema.safeParse(item.checks).data,
    assignment: assignmentSchema.safeParse(item.assignment).data,
    noted: notedSchema.safeParse(item.noted).data,
    contact: contactSchema.safeParse(item.contact).data,
    review: reviewSchema.safeParse(item.review).data,
    incomplete: incompleteSchema.safeParse(item.incomplete).data as Incompleteness | undefined,
  };
}

/** The departures in an item, damaged or not. */
export function departuresIn(item: Item): Departures {
  return departuresSchema.safeParse(item.departures).data ?? {};
}

/** The orders that an item, damaged or not, names for its transaction. */
export function ordersNamedBy(item: Item): string[] {
  const { contributions } = item;
  return typeof contributions === 'object' && contributions !== null ? Object.keys(contributions) : [];
}

import * as z from 'zod/mini';
import { type Outcome, STATUS_OF_OUTCOME } from '../domain/transaction/outcome.ts';
import { instant, opaqueId, unicode, uuid } from '../junction/fields.ts';

/** What the routes read of a request. What comes as text from a query string, API Gateway has joined by commas. */

export const byId = z.object({ id: uuid });
export const byUserId = z.object({ user_id: opaqueId });
export const byTransactionId = z.object({ transaction_id: uuid });
export const byQuarantineId = z.object({
  id: z.string().check(z.regex(/^[0-9a-f]{40}$/i, 'it must be 40 hexadecimal digits'), z.toLowerCase()),
});

export const limit = z.string().check(
  z.regex(/^\d{1,3}$/, 'it must be a whole number'),
  z.refine((text) => Number(text) >= 1 && Number(text) <= 100, 'it must be between 1 and 100'),
);

export const flag = z.enum(['true', 'false']);

const paging = {
  limit: z.optional(limit),
  cursor: z.optional(z.string().check(z.minLength(1), z.maxLength(1_024))),
};

export type Paging = z.output<z.ZodMiniObject<typeof paging>>;

export const STATUSES = ['active', 'completed', 'cancelled'] as const;

const OUTCOMES = Object.keys(STATUS_OF_OUTCOME) as Outcome[];

/** The parameters that may be given more than once. */
export const repeatable: ReadonlySet<string> = new Set(['outcome']);

/** Some of the outcomes, by commas or as a parameter that is repeated: each once, in the order of the contract. */
export const outcomes = z.pipe(
  z
    .string()
    .check(
      z.refine<string>(
        (text) => text.split(',').every((one) => OUTCOMES.some((outcome) => outcome === one)),
        `it must be one or more of ${OUTCOMES.join(', ')}, separated by commas`,
      ),
    ),
  z.transform((text) => OUTCOMES.filter((outcome) => text.split(',').includes(outcome))),
);

const filters = {
  status: z.optional(z.enum(STATUSES)),
  outcome: z.optional(outcomes),
  redraw: z.optional(z.enum(['any'])),
};

export const noPath = z.object({});
export const noQuery = z.strictObject({});
export const listQuery = z.strictObject({ ...paging });
export const transactionsQuery = z.strictObject({ ...filters, ...paging });
export const searchQuery = z.strictObject({
  q: z.string().check(unicode, z.trim(), z.minLength(1), z.maxLength(256)),
});
export const redrawsQuery = z.strictObject({ state: z.optional(z.enum(['open', 'stale'])), ...paging });
export const transactionQuery = z.strictObject({ explain: z.optional(flag) });

export const days = z.string().check(
  z.regex(/^\d{1,2}$/, 'it must be a whole number'),
  z.refine((text) => Number(text) >= 1 && Number(text) <= 30, 'it must be between 1 and 30'),
);

/** What the route of the history reads. */
export const historyReads = { path: noPath, query: z.strictObject({ days: z.optional(days) }) };

/** What the routes of results read. */
export const resultReads = { path: byId, query: noQuery };
/** What the route that asks Junction about a transaction reads. */
export const reconcileReads = { path: byId, query: noQuery };

export const registration = z.strictObject({
  order_transaction_id: uuid,
  user_id: z.optional(z.nullable(opaqueId)),
  client_user_id: z.optional(z.nullable(opaqueId)),
});

/** On one line, since it stands within one in the operators' mail, and not of characters alone that nobody sees. */
const readable = z.refine<string>(
  (text) => !/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) && /[^\p{Cf}\p{Zs}]/u.test(text),
  { error: 'it must be one line that can be read', abort: true },
);

/** Who says so: a person or a program, as its operators know it. */
const by = z.string().check(unicode, z.trim(), z.minLength(1), z.maxLength(128), readable);

export const acknowledgement = z.strictObject({
  by,
  note: z.optional(z.nullable(z.string().check(unicode, z.trim(), z.maxLength(1_000)))),
  replaces: z.optional(z.nullable(instant)),
});

export const withdrawal = z.strictObject({ by, acknowledged_at: z.optional(instant) });

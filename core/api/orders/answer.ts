import * as z from 'zod/mini';
import { caller } from '../../domain/caller-schema.ts';
import { SOURCES } from '../../domain/order/arrivals.ts';
import { DRAW_SIGNS } from '../../domain/order/draw-evidence.ts';
import { criticalResultState } from '../critical-results/answer.ts';

const text = z.nullable(z.string());
const learned = { learned_at: text, learned_from: z.nullable(z.enum(SOURCES)) };

export const appointment = z.object({
  id: z.string(),
  status: text,
  event_status: text,
  start_at: text,
  end_at: text,
  iana_timezone: text,
  provider: text,
  /** `phlebotomy` or `patient_service_center`. */
  type: text,
  can_reschedule: z.nullable(z.boolean()),
  /** The time of its newest event. */
  updated_at: text,
});

/** Who took something off every list, when and why. */
const discard = z.object({ at: z.string(), by: z.string(), caller, note: z.string() });

export const order = z.object({
  id: z.string(),
  order_transaction_id: text,
  origin: text,
  parent_id: text,
  modality: text,
  status: text,
  low_level_status: text,
  low_level_status_created_at: text,
  /** Why it has that status, for example why a sample failed. */
  status_detail: text,
  /** Junction's summary of its results; null unless the stage keeps it and the caller may open results. */
  interpretation: text,
  user_id: text,
  client_user_id: text,
  team_id: text,
  lab_test: z.nullable(z.object({ id: text, name: text, slug: text, lab: text })),
  has_missing_results: z.nullable(z.boolean()),
  expected_result_by_date: text,
  worst_case_result_by_date: text,
  created_at: text,
  updated_at: text,
  events: z.array(
    z.object({
      id: z.union([z.number(), z.string()]),
      created_at: z.string(),
      status: z.string(),
      status_detail: text,
      ...learned,
    }),
  ),
  appointments: z.array(appointment),
  /** The signs that the sample was drawn; empty if there is none. */
  draw_evidence: z.array(z.object({ sign: z.enum(DRAW_SIGNS), status: text, at: text, ...learned })),
  /** What Junction reported about a critical result. */
  critical_results: z.array(z.object({ status: z.string(), updated_at: z.string() })),
  critical_result: z.nullable(criticalResultState),
  /** The match reviews that assigned a result to this order. */
  match_reviews: z.array(z.object({ id: z.string(), resolution_action: text, closed_at: z.string() })),
  registered_at: text,
  /** Null unless a person discarded it, and Junction has not spoken of it since. It is then in no transaction. */
  discarded: z.nullable(discard),
});

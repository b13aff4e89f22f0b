import * as z from 'zod/mini';

/** What is audited, as `<object>.<verb>`. Others may be added; the meaning of one never changes. */
export const AUDITED_ACTIONS = [
  'results.read',
  'result_summary.read',
  'critical_result.read',
  'requisition.read',
  'patient.read',
  'results_review.add',
  'results_review.withdraw',
  'redraw.acknowledge',
  'redraw.withdraw',
  'critical_result.acknowledge',
  'transaction.assign',
  'transaction.unassign',
  'note.add',
  'view.save',
  'view.delete',
  'order.register',
  'order.acknowledge',
  'order.withdraw',
  'quarantine.replay',
  'quarantine.dismiss',
  'transaction.reconcile',
  'order.discard',
  'transaction.discard',
  'match_review.discard',
  'order.place',
  'order.cancel',
  'appointment.book',
  'appointment.reschedule',
  'appointment.cancel',
  'portal_link.read',
  'message.send',
  'message_settings.change',
  'table.export',
  'table.load',
] as const;
export type AuditedAction = (typeof AUDITED_ACTIONS)[number];

/** Why a person or program cancelled an order. Junction does not ask for it. */
export const ORDER_CANCELLATION_REASONS = [
  'patient_declined',
  'patient_unreachable',
  'not_needed',
  'collected_elsewhere',
  'ordered_by_mistake',
  'other',
] as const;

const id = z.nullable(z.string());
/** A word of ours, from a list of the capability that writes it: never text of a request. */
const word = z.string().check(z.regex(/^[a-z_]{1,40}$/));

/**
 * The ids of the object of an action, a reason from a list, and what a patient has chosen for a channel of messages. Nothing else
 * of a request is kept, because requests may contain patient data.
 */
const object = {
  transaction_id: z.optional(z.string()),
  order_id: z.optional(z.string()),
  quarantine_id: z.optional(z.string()),
  match_review_id: z.optional(z.string()),
  user_id: z.optional(z.string()),
  view_id: z.optional(z.string()),
  reason: z.optional(z.enum(ORDER_CANCELLATION_REASONS)),
  channel: z.optional(word),
  state: z.optional(word),
};
export type AuditedObject = z.output<z.ZodMiniObject<typeof object>>;

/** A line of the audit trail. */
export const auditEntry = z.object({
  action: z.enum(AUDITED_ACTIONS),
  /**
   * `started`: the change begins, and another entry of the same request follows. `refused`: the request was at fault, and
   * nothing was shown or changed. `failed`: we or Junction were at fault.
   */
  outcome: z.enum(['started', 'success', 'refused', 'failed']),
  /** The HTTP status; null for `started` and for a report. */
  status: z.nullable(z.int()),
  ...object,
  /**
   * Who asked, by the token. All three are null if the token does not say so, which is refused, for what a patient or a provider of
   * messages reports, and for a run that somebody with AWS credentials began.
   */
  subject: id,
  client_id: id,
  name: id,
  /** API Gateway's route key, without the path; for a report, the name of the function that received it. */
  route: z.string(),
  /** API Gateway's request id, which the access log has too; for a report, the correlation id of the run. */
  request_id: id,
});
export type AuditEntry = z.output<typeof auditEntry>;

/** Where entries are kept. Nothing here reads, changes or deletes one. */
export interface AuditTrail {
  /** Resolves when all entries are stored. @throws if it is not certain that all are */
  write(entries: readonly AuditEntry[]): Promise<void>;
}

import type { Appointment } from '../../domain/order/order-record.ts';
import type { LabWithRedraws } from '../../domain/redraw/labs-with-redraws.ts';
import type { StoredTransaction } from '../../domain/transaction/stored-transaction.ts';
import type { MessageFields } from '../../message-templates/fields.ts';
import { portalLink } from '../../message-templates/portal-link.ts';

/** What every message of a deployment says about it. */
export interface Sender {
  readonly brand: string;
  /** The https address of a page with `{order_id}` and the like; null for no link. */
  readonly link: string | null;
  readonly phone: string | null;
}

/** The names of the labs with redraws. */
const LABS: Readonly<Record<string, string>> = {
  quest: 'Quest Diagnostics',
  labcorp: 'Labcorp',
  bioreference: 'BioReference',
} satisfies Record<LabWithRedraws, string>;

/** The order that a message is about: the redraw order, otherwise the newest order. */
export function orderAbout({ redraw, orders }: StoredTransaction): string | null {
  return redraw?.order_id ?? orders.at(-1)?.id ?? null;
}

/** What a message says. Without a first name, it says nothing that only Junction knows. */
export function messageFields(
  sender: Sender,
  stored: StoredTransaction,
  /** The appointment that the message is about; undefined if it is about none, or it is unknown. */
  appointment: Appointment | undefined,
  firstName: string | null,
): MessageFields {
  const { id, user_id, client_user_id, redraw, contributions } = stored;
  const order_id = orderAbout(stored);
  const lab = order_id === null ? null : contributions[order_id]?.lab_test?.lab;
  return {
    brand: sender.brand,
    phone: sender.phone,
    link: sender.link && portalLink(sender.link, { transaction_id: id, order_id, user_id, client_user_id }),
    firstName,
    lab: LABS[lab ?? ''] ?? null,
    missingMarkers: (redraw?.missing_results ?? []).map(({ name }) => name),
    appointment: appointment?.start_at
      ? { startAt: appointment.start_at, timeZone: appointment.iana_timezone }
      : null,
  };
}

import { portalLink } from '../../../core/domain/portal-link.ts';
import type { LabWithRedraws } from '../../../core/domain/redraw/labs-with-redraws.ts';
import type { MessageFields } from './fields.ts';

/** What every message of a deployment says about it. */
export interface Sender {
  readonly brand: string;
  /** The https address of a page with `{order_id}` and the like; null for no link. */
  readonly link: string | null;
  readonly phone: string | null;
}

/** What a message says about a transaction: as it is stored, or as the API shows it. */
export interface MessageSubject {
  readonly id: string;
  readonly user_id: string | null;
  readonly client_user_id: string | null;
  readonly redraw: {
    readonly order_id: string | null;
    readonly missing_results: readonly { readonly name: string }[];
  } | null;
  readonly orders: readonly {
    readonly id: string;
    readonly lab_test: { readonly lab: string | null } | null;
  }[];
}

/** The names of the labs with redraws. */
const LABS: Readonly<Record<string, string>> = {
  quest: 'Quest Diagnostics',
  labcorp: 'Labcorp',
  bioreference: 'BioReference',
} satisfies Record<LabWithRedraws, string>;

/** The order that a message is about: the redraw order, otherwise the newest order. */
export function orderAbout({ redraw, orders }: Pick<MessageSubject, 'redraw' | 'orders'>): string | null {
  return redraw?.order_id ?? orders.at(-1)?.id ?? null;
}

/** What a message says. Without a first name, it says nothing that only Junction knows. */
export function messageFields(
  sender: Sender,
  transaction: MessageSubject,
  /** The appointment that the message is about; undefined if it is about none, or it is unknown. */
  visit: { readonly start_at: string | null; readonly iana_timezone: string | null } | undefined,
  firstName: string | null,
): MessageFields {
  const { id, user_id, client_user_id, redraw, orders } = transaction;
  const order_id = orderAbout(transaction);
  const lab = orders.find((order) => order.id === order_id)?.lab_test?.lab;
  return {
    brand: sender.brand,
    phone: sender.phone,
    link: sender.link && portalLink(sender.link, { transaction_id: id, order_id, user_id, client_user_id }),
    firstName,
    lab: LABS[lab ?? ''] ?? null,
    missingMarkers: (redraw?.missing_results ?? []).map(({ name }) => name),
    appointment: visit?.start_at ? { startAt: visit.start_at, timeZone: visit.iana_timezone } : null,
  };
}

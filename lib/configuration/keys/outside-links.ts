import * as z from 'zod';
import { linkFault } from '../../../core/domain/portal-link.ts';
import { urlOrDeployTime } from '../../setting/setting-formats.ts';

/** A link to a page of another system, which names one of these ids. */
const linkWith = (...ids: readonly string[]) =>
  urlOrDeployTime(
    z
      .string()
      .max(300)
      .refine((text) => linkFault(text) === null && ids.some((id) => text.includes(`{${id}}`))),
  ).optional();

const FORM =
  'an https URL, at most 300 characters, with the fields {client_user_id}, {user_id}, {order_id} and {transaction_id} where needed';

/** The links that lead from the dashboard to other systems. */
export const outsideLinkKeys = {
  recordLink: {
    schema: linkWith('client_user_id', 'user_id'),
    expected: `${FORM}, at least {client_user_id} or {user_id} (for example https://records.example.com/patients/{client_user_id})`,
    means:
      'The link from a patient to their record in your own system: an `https` URL with `{client_user_id}` or `{user_id}`, for example `https://records.example.com/patients/{client_user_id}`. Ids are URL-encoded. Patients without that ID have no link.',
  },
  junctionLink: {
    schema: linkWith('order_id', 'transaction_id'),
    expected: `${FORM}, at least {order_id} or {transaction_id} (for example https://junction.example.com/orders/{order_id})`,
    means:
      'The link from an order to its page at Junction: an https URL with `{order_id}` or `{transaction_id}`.',
  },
};

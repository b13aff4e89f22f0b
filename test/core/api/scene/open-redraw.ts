import {
  event,
  listed,
  march,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { QueryApi } from './query-api.ts';

/** The path of the acknowledgement of the open redraw. */
export const ACKNOWLEDGEMENT = `/v1/redraws/${transactionId(1)}/acknowledgement`;

/** The API with one open redraw, in transaction 1. */
export async function openWithRedraw(...options: Parameters<typeof QueryApi.open>): Promise<QueryApi> {
  const api = await QueryApi.open(...options);
  const entry = listed(1, 'redraw_available', march(2), { created_at: march(1), updated_at: march(1) });
  await api.deliver(
    walkIn(1, [event(1, 'ordered', march(1)), event(2, 'redraw_available', march(2))], {
      order_transaction: transaction(1, 'active', [entry]),
    }),
  );
  return api;
}

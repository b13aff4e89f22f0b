import type { ClientFacingOrder } from '@junction-api/sdk/serialization';
import type { Junction } from '../junction/junction.ts';
import { type Answer, found, pdf } from './api.ts';
import { requisitionForm } from './requisition-form.ts';
import { resultReport } from './result-report.ts';

export const resultRoutes = {
  'GET /v3/order/{order_id}/result': ({ junction }, _, id) => found(junction.results(id), 'Results'),
  'GET /v3/order/{order_id}/result/metadata': ({ junction }, _, id) =>
    found(junction.results(id)?.metadata ?? null, 'Results'),
  'GET /v3/order/{order_id}/result/pdf': ({ junction }, _, id) => {
    const results = junction.results(id);
    return pdf(results && resultReport(results), 'Results');
  },
  'GET /v3/order/{order_id}/requisition/pdf': ({ junction }, _, id) => {
    const order = junction.order(id);
    if (!order?.requisition_form_url) return pdf(null, 'Requisition');
    return pdf(requisitionForm(order, markersAgain(junction, order)), 'Requisition');
  },
  'GET /v3/order_transaction/{transaction_id}': ({ junction }, _, id) =>
    found(junction.transaction(id), 'Order transaction'),
  'GET /v3/order_transaction/{transaction_id}/result': ({ junction }, _, id) =>
    found(junction.transactionResults(id), 'Results'),
  'GET /v3/order_transaction/{transaction_id}/result/pdf': ({ junction }, _, id) => {
    const results = junction.transactionResults(id);
    return pdf(results && resultReport(results), 'Results');
  },
} satisfies Record<string, Answer>;

/** What a redraw order is for: the markers that its parent lacks. Null for other orders. */
function markersAgain(junction: Junction, { id, origin, order_transaction }: ClientFacingOrder.Raw) {
  const parent = order_transaction?.orders.find((one) => one.id === id)?.parent_id;
  if (origin !== 'redraw' || !parent) return null;
  return (
    junction
      .results(parent)
      ?.missing_results?.map(({ name, provider_id = null }) => ({ name, provider_id })) ?? null
  );
}

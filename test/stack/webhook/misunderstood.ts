import { journey } from '../../../tools/sandbox/journeys/journeys.ts';
import { PATIENT } from '../../../tools/verification/oracle/bodies.ts';
import { MARKED } from '../../patient-data.ts';

/** Bodies of webhooks with patient data in every place. */
export function misunderstood() {
  const model = journey('redraw_completed', 8, { ...MARKED, spelling: 'documented' });
  const { data, ...around } = (model.snapshots[0]?.payload ?? {}) as { data?: { [name: string]: unknown } };
  const withFields = (fields: object) => JSON.stringify({ ...around, data: { ...data, ...fields } });
  const whole = withFields({ id: PATIENT });
  return {
    /** Without the fields that a state needs: the order's id, its events, and the ids of its transaction and siblings. */
    unreadable: [
      whole,
      withFields({ id: null }),
      withFields({ events: PATIENT }),
      withFields({ events: [{ id: 1, created_at: PATIENT, status: PATIENT }] }),
      withFields({ order_transaction: { id: PATIENT, status: PATIENT, orders: [{ id: PATIENT }] } }),
      whole.slice(0, -1),
      `${PATIENT} ${whole}`,
      JSON.stringify(PATIENT),
      JSON.stringify([data]),
    ],
    /** With a field that decides nothing, which counts as absent. */
    readable: [
      withFields({ parent_id: PATIENT }),
      withFields({ created_at: PATIENT }),
      withFields({ lab_test: PATIENT }),
      withFields({ [PATIENT]: { [PATIENT]: PATIENT }, details: PATIENT }),
    ],
  };
}

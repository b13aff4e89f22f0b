import { journey } from '../../../sandbox/journeys/journeys.ts';
import { PATIENT } from '../../oracle/bodies.ts';
import { MARKED } from '../../patient-data.ts';

/** Bodies of webhooks that cannot be read, with patient data in every place. */
export function misunderstood(): string[] {
  const model = journey('redraw_completed', 8, { ...MARKED, spelling: 'documented' });
  const { data, ...around } = (model.snapshots[0]?.payload ?? {}) as { data?: { [name: string]: unknown } };
  const wrong = [
    { id: PATIENT },
    { id: null },
    { parent_id: PATIENT },
    { created_at: PATIENT },
    { events: PATIENT },
    { events: [{ id: 1, created_at: PATIENT, status: PATIENT }] },
    { order_transaction: { id: PATIENT, status: PATIENT, orders: [{ id: PATIENT }] } },
    { lab_test: PATIENT },
    { [PATIENT]: { [PATIENT]: PATIENT }, details: PATIENT },
  ];
  const bodies = wrong.map((fields) => JSON.stringify({ ...around, data: { ...data, ...fields } }));
  const [whole = ''] = bodies;
  return [
    ...bodies,
    whole.slice(0, -1),
    `${PATIENT} ${whole}`,
    JSON.stringify(PATIENT),
    JSON.stringify([data]),
  ];
}

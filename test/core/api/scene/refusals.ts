import { expect } from 'vitest';
import { event, listed, march, transaction, transactionId, walkIn } from '../../../oracle/bodies.ts';
import { type Asked, QueryApi } from './query-api.ts';

/** The API with one open redraw, in transaction 1. */
export async function openWithRedraw(): Promise<QueryApi> {
  const api = await QueryApi.open();
  const entry = listed(1, 'redraw_available', march(2), { created_at: march(1), updated_at: march(1) });
  await api.deliver(
    walkIn(1, [event(1, 'ordered', march(1)), event(2, 'redraw_available', march(2))], {
      order_transaction: transaction(1, 'active', [entry]),
    }),
  );
  return api;
}

export const ACKNOWLEDGEMENT = `/v1/redraws/${transactionId(1)}/acknowledgement`;

/** A refusal has a sentence, which quotes nothing from the request but names. */
export function expectRefusal({ status, headers, json }: Asked, detail: string | RegExp, expected = 400) {
  expect({ status, type: headers['content-type'] }).toEqual({
    status: expected,
    type: 'application/problem+json',
  });
  expect(json).toEqual({
    type: 'about:blank',
    title: expect.any(String),
    status: expected,
    detail: typeof detail === 'string' ? detail : expect.stringMatching(detail),
  });
}

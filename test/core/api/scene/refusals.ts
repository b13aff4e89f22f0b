import { expect } from 'vitest';
import type { Asked } from './query-api.ts';

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

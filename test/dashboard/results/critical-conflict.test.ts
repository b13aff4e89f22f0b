import { expect, test } from 'vitest';
import { ApiProblem, Unreachable } from '../../../dashboard/src/api/api-client.ts';
import { conflictText } from '../../../dashboard/src/results/critical-conflict.ts';
import { person } from '../../callers.ts';

const conflict = new ApiProblem(409, 'olivia acknowledged it at 2026-03-10T08:00:00.000000Z.');
const acknowledgement = { by: 'clara', caller: person('clara'), at: new Date().toISOString(), note: null };

/** An API that gives this answer and refuses nothing else. */
function answering(answer: unknown) {
  const paths: string[] = [];
  const json = async <T>(path: string): Promise<T> => {
    paths.push(path);
    if (answer instanceof Error) throw answer;
    return answer as T;
  };
  return { json, paths };
}

test.each([
  [
    'who acknowledged it',
    { state: 'acknowledged', latest_at: '1', acknowledgement },
    'clara acknowledged it just now.',
  ],
  [
    'that there is a later report',
    { state: 'open', latest_at: acknowledgement.at, acknowledgement: null },
    'The lab reported another critical result just now. Open the results, then acknowledge it.',
  ],
  ['nothing', { state: 'open', latest_at: '1', acknowledgement: null }, null],
])('a conflict about a critical result says %s', async (_, critical_result, text) => {
  const seen = { orderId: 'order', latestAt: '1' };
  expect(await conflictText(answering({ critical_result }), seen, conflict)).toBe(text);
  expect(await conflictText(answering({ critical_result }), seen, new Unreachable('offline'))).toBeNull();
  expect(await conflictText(answering(new Unreachable('offline')), seen, conflict)).toBeNull();
});

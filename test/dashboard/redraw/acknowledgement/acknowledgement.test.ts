import { describe, expect, test } from 'vitest';
import type { Transaction } from '../../../../dashboard/src/api/answers.ts';
import { ApiProblem, type Call, Unreachable } from '../../../../dashboard/src/api/api-client.ts';
import { acknowledge, release } from '../../../../dashboard/src/redraw/acknowledgement/acknowledgements.ts';
import { byText, isOwn } from '../../../../dashboard/src/wording/caller.ts';
import { takenSince, takenText } from '../../../../dashboard/src/wording/taken.ts';
import { person } from '../../../callers.ts';

const caller = person('olivia');
const seen = { by: 'olivia', note: null, at: '2026-03-10T12:00:00Z', caller, stop_messages: false };
const conflict = new ApiProblem(409, 'Raw, of 2026-03-10T08:00:00.000000Z.');
const PATH = '/v1/redraws/one/acknowledgement';

function acknowledged(acknowledgement: unknown): Transaction {
  return { id: 'one', decision: null, redraw: { acknowledgement, withdrawal: null } } as Transaction;
}

/** Gives these answers one after the other. */
function answering(...answers: unknown[]) {
  const calls: unknown[] = [];
  const json = async <T>(path: string, call: Call = {}): Promise<T> => {
    calls.push([path, call]);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer as T;
  };
  return { calls, json };
}

describe('requests to the API', () => {
  test('an acknowledgement names the person, the note and what it replaces', async () => {
    const api = answering({}, {});
    const given = { note: 'called', decided: null, stopMessages: true };
    await acknowledge(api, 'olivia', acknowledged(null), given);
    await acknowledge(api, 'olivia', acknowledged(seen), given);
    const body = { by: 'olivia', note: 'called', decided: null, stop_messages: true };
    expect(api.calls).toEqual([
      [PATH, { method: 'PUT', body: { ...body, replaces: null } }],
      [PATH, { method: 'PUT', body: { ...body, replaces: seen.at } }],
    ]);
  });

  test('a release names the acknowledgement that the person saw', async () => {
    const api = answering({});
    await release(api, 'clara', acknowledged(seen));
    expect(api.calls).toEqual([
      [PATH, { method: 'DELETE', query: { by: 'clara', acknowledged_at: seen.at } }],
    ]);
  });

  test('a conflict says who did what meanwhile', async () => {
    const other = { ...seen, by: 'clara', caller: person('clara'), at: new Date().toISOString() };
    const api = answering(conflict, acknowledged(other));
    const asked = acknowledge(api, 'olivia', acknowledged(null), {
      note: null,
      decided: null,
      stopMessages: false,
    });
    await expect(asked).rejects.toThrow('clara acknowledged it just now.');
  });

  test.each([
    ['a conflict with what nobody did', [conflict, acknowledged(null)], conflict],
    ['a conflict that cannot be looked into', [conflict, new Unreachable('offline')], conflict],
    ['a lost connection', [new Unreachable('offline')], new Unreachable('offline')],
  ])('%s stays as it is', async (_, answers, error) => {
    await expect(release(answering(...answers), 'olivia', acknowledged(null))).rejects.toEqual(error);
  });

  test('a release is taken for one only if it came after what the person saw', () => {
    const withdrawal = { by: 'clara', caller: person('clara'), at: '2026-03-10T13:00:00Z' };
    const marks = { acknowledgement: null, withdrawal };
    const taken = takenSince(seen, marks);
    expect(taken && takenText(taken, Date.parse('2026-03-10T13:05:00Z'))).toBe(
      'clara released it 5 minutes ago.',
    );
    expect(takenSince({ at: '2026-03-10T14:00:00Z' }, marks)).toBeNull();
    expect(takenSince(null, null)).toBeNull();
  });
});

describe('who did it', () => {
  const program = { subject: '3abc', client_id: '3abc', name: null };

  test.each([
    ['olivia@example.com', person('Olivia@example.com'), 'olivia@example.com'],
    ['olivia', person('olivia@example.com'), 'olivia (signed in as olivia@example.com)'],
    ['Dr. Okafor', program, 'Dr. Okafor (through API client 3abc)'],
    ['Dr. Okafor', { ...program, subject: null }, 'Dr. Okafor (through API client 3abc)'],
    ['Ada', { ...program, subject: 'auth0|7' }, 'Ada (through account auth0|7)'],
  ])('%s by the token of %j', (by, caller, text) => {
    expect(byText({ by, caller })).toBe(text);
  });

  test('is the signed-in user by the ID, not by the name', () => {
    const olivia = { name: 'olivia', subject: caller.subject ?? '', scopes: new Set<string>() };
    expect(isOwn(seen, olivia)).toBe(true);
    expect(isOwn({ ...seen, caller: { ...caller, subject: 'another' } }, olivia)).toBe(false);
  });
});

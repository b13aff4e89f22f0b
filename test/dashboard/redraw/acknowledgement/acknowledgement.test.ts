import { describe, expect, test } from 'vitest';
import type { Transaction } from '../../../../dashboard/src/api/answers.ts';
import { ApiProblem, type Call, Unreachable } from '../../../../dashboard/src/api/api-client.ts';
import { changeMessage } from '../../../../dashboard/src/redraw/acknowledgement/change-message.ts';
import {
  acknowledgementDraft,
  applyChange,
  type Change,
  pendingAcknowledgements,
  withPendingAcknowledgement,
} from '../../../../dashboard/src/redraw/acknowledgement/changes.ts';
import { byText, callerOf, isOwn } from '../../../../dashboard/src/wording/caller.ts';
import { takenSince, takenText } from '../../../../dashboard/src/wording/taken.ts';
import { person } from '../../../callers.ts';

const caller = person('olivia');
const seen = { by: 'olivia', note: null, at: '2026-03-10T12:00:00Z', caller, stop_messages: false };

function change(given: Partial<Change>): Change {
  const of = [{ id: 'one', seen }];
  const asked_at = '2026-03-10T12:00:00Z';
  const unsaid = { note: null, stopMessages: false };
  return { kind: 'acknowledge', what: 'redraw', by: 'olivia', caller, ...unsaid, asked_at, of, ...given };
}

function withRedraw(id: string): Transaction {
  return { id, redraw: { state: 'stale', acknowledgement: null } } as Transaction;
}

/** Answers as the API does, or refuses the redraws that `refuse` gives an error for. */
function answering(refuse: (id: string) => Error | null = () => null) {
  const calls: { path: string; call: unknown }[] = [];
  const json = async <T>(path: string, call: Call = {}): Promise<T> => {
    calls.push({ path, call });
    const { redraws = [] } = (call.body ?? {}) as { redraws?: { transaction_id: string }[] };
    return { results: redraws.map(({ transaction_id }) => resultOf(transaction_id)) } as T;
  };
  const resultOf = (transaction_id: string) => {
    const refusal = refuse(transaction_id);
    if (refusal && !(refusal instanceof ApiProblem)) throw refusal;
    const problem = refusal && { status: refusal.status, detail: refusal.message };
    return {
      transaction_id,
      status: problem?.status ?? 200,
      transaction: withRedraw(transaction_id),
      problem,
    };
  };
  return { calls, json };
}

const PATH = '/v1/redraws/acknowledgements';

describe('requests to the API', () => {
  test('50 redraws are acknowledged in one request, with the name, the note and what each replaces', async () => {
    const api = answering();
    const of = Array.from({ length: 51 }, (_, at) => ({ id: `tx-${at}`, seen: at === 0 ? seen : null }));
    const { done, refused } = await applyChange(api, change({ of, note: 'called', stopMessages: true }));
    expect(done.map(({ id }) => id)).toEqual(of.map(({ id }) => id));
    expect(refused).toEqual([]);
    const redraws = of.map(({ id }, at) => ({ transaction_id: id, replaces: at === 0 ? seen.at : null }));
    const given = { by: 'olivia', note: 'called', stop_messages: true };
    expect(api.calls).toEqual([
      { path: PATH, call: { method: 'POST', body: { ...given, redraws: redraws.slice(0, 50) } } },
      { path: PATH, call: { method: 'POST', body: { ...given, redraws: redraws.slice(50) } } },
    ]);
  });

  test('one that the API could not look at is refused alone, with the reason, and can be tried again', async () => {
    const reason = 'The service is unavailable for now. Try again.';
    const api = answering((id) => (id === 'two' ? new ApiProblem(503, reason) : null));
    const of = ['one', 'two', 'three'].map((id) => ({ id, seen: null }));
    const outcome = await applyChange(api, change({ of }));
    expect(outcome.done.map(({ id }) => id)).toEqual(['one', 'three']);
    expect(outcome.refused).toEqual([{ id: 'two', error: new ApiProblem(503, reason) }]);
    expect(changeMessage(change({ of }), outcome, () => undefined)).toMatchObject({
      header: '1 of 3 redraws were not acknowledged',
      text: reason,
    });
  });

  test('50 redraws are released in one request, each named by the time of its acknowledgement', async () => {
    const api = answering();
    const of = Array.from({ length: 50 }, (_, at) => ({ id: `tx-${at}`, seen: at === 0 ? seen : null }));
    await applyChange(api, change({ kind: 'release', of }));
    const redraws = of.map(({ id }, at) => ({
      transaction_id: id,
      ...(at === 0 && { acknowledged_at: seen.at }),
    }));
    expect(api.calls).toEqual([
      { path: '/v1/redraws/withdrawals', call: { method: 'POST', body: { by: 'olivia', redraws } } },
    ]);
  });

  test.each(['acknowledge', 'release'] as const)('a refusal to %s does not stop the others', async (kind) => {
    const of = ['one', 'two', 'three'].map((id) => ({ id, seen: null }));
    const conflict = new ApiProblem(409, 'It has no open redraw.');
    const api = answering((id) => (id === 'two' ? conflict : null));
    const { done, refused } = await applyChange(api, change({ kind, of }));
    expect(done.map(({ id }) => id)).toEqual(['one', 'three']);
    expect(refused).toEqual([{ id: 'two', error: conflict }]);
  });

  test('a lost connection refuses all of them; a bug is not reported as a refusal', async () => {
    const of = ['one', 'two'].map((id) => ({ id, seen: null }));
    const lost = new Unreachable('offline');
    const { done, refused } = await applyChange(
      answering(() => lost),
      change({ of }),
    );
    expect([done, refused]).toEqual([[], of.map(({ id }) => ({ id, error: lost }))]);
    const failing = applyChange(
      answering(() => new TypeError('ours')),
      change({ of }),
    );
    await expect(failing).rejects.toThrow('ours');
  });
});

describe('what somebody did in the meantime', () => {
  const by = (name: string, at: string) => ({ ...seen, by: name, caller: person(name), at });
  const later = by('clara', '2026-03-10T12:30:00Z');

  test.each([
    ['another acknowledgement', seen, { acknowledgement: later, withdrawal: null }, 'clara acknowledged it'],
    ['the first one', null, { acknowledgement: later, withdrawal: null }, 'clara acknowledged it'],
    ['a release', seen, { acknowledgement: null, withdrawal: later }, 'clara released it'],
  ])('is %s', (_, before, marks, words) => {
    const taken = takenSince(before, marks);
    expect(taken && takenText(taken, Date.parse('2026-03-10T12:32:00Z'))).toBe(`${words} 2 minutes ago.`);
  });

  test.each([
    ['progress', seen, { acknowledgement: null, withdrawal: null }],
    ['an older release', seen, { acknowledgement: null, withdrawal: by('clara', '2026-03-10T11:00:00Z') }],
    ['nothing', seen, { acknowledgement: seen, withdrawal: null }],
    ['the end of it', seen, null],
  ])('is nobody’s doing after %s', (_, before, marks) => {
    expect(takenSince(before, marks)).toBeNull();
  });
});

test('the note about several redraws is kept for those of them that are left', () => {
  const kept = ['note:a', 'acknowledge:a,b,c', 'acknowledge:d'];
  const keyOf = (...ids: string[]) =>
    acknowledgementDraft(
      ids.map((id) => ({ id })),
      kept,
    );
  expect(keyOf('c', 'b', 'a')).toBe('acknowledge:a,b,c');
  expect(keyOf('c', 'a')).toBe('acknowledge:a,b,c');
  expect(keyOf('d')).toBe('acknowledge:d');
  expect(keyOf('a')).toBe('acknowledge:a');
  expect(keyOf('c', 'd')).toBe('acknowledge:c,d');
  expect(keyOf()).toBe('acknowledge:');
});

describe('pending acknowledgements', () => {
  test('replace what was read, for their transactions only', () => {
    const asked = pendingAcknowledgements([
      change({ note: 'called' }),
      change({ kind: 'release', of: [{ id: 'two', seen }] }),
    ]);
    expect(withPendingAcknowledgement(withRedraw('one'), asked).redraw?.acknowledgement).toEqual({
      ...seen,
      note: 'called',
    });
    const taken = {
      ...withRedraw('two'),
      redraw: { ...withRedraw('two').redraw, acknowledgement: seen },
    };
    expect(withPendingAcknowledgement(taken as Transaction, asked).redraw?.acknowledgement).toBeNull();
    const other = withRedraw('three');
    expect(withPendingAcknowledgement(other, asked)).toBe(other);
  });

  test('the later of two changes wins', () => {
    expect(pendingAcknowledgements([change({}), change({ kind: 'release' })]).get('one')).toBeNull();
  });

  test('a decision without a redraw has one too', () => {
    const without = { id: 'one', redraw: null, decision: { acknowledgement: null } } as Transaction;
    const asked = pendingAcknowledgements([change({})]);
    expect(withPendingAcknowledgement(without, asked)).toMatchObject({
      redraw: null,
      decision: { acknowledgement: asked.get('one') },
    });
  });
});

describe('the notification', () => {
  const nothing = () => undefined;
  const conflict = {
    id: 'x',
    error: new ApiProblem(409, 'The transaction has no open redraw to acknowledge.'),
  };

  test('an acknowledgement can be undone, a release cannot', () => {
    const done = [withRedraw('one')];
    expect(changeMessage(change({}), { done, refused: [] }, nothing)).toEqual({
      type: 'success',
      header: 'Redraw acknowledged',
      action: { text: 'Undo', run: nothing },
    });
    const two = { done: [...done, withRedraw('two')], refused: [] };
    expect(changeMessage(change({ kind: 'release' }), two, nothing)).toEqual({
      type: 'success',
      header: '2 redraws released',
    });
  });

  test('a decision is recorded and withdrawn', () => {
    const one = { done: [withRedraw('one')], refused: [] };
    const none = { done: [], refused: [conflict] };
    const header = (kind: Change['kind'], outcome: Parameters<typeof changeMessage>[1]) =>
      changeMessage(change({ kind, what: 'decision' }), outcome, nothing).header;
    expect([header('acknowledge', one), header('release', one), header('release', none)]).toEqual([
      'Decision recorded',
      'Decision withdrawn',
      'The decision was not withdrawn',
    ]);
  });

  test('a refusal gives the reason and offers no undo', () => {
    expect(changeMessage(change({}), { done: [], refused: [conflict] }, nothing)).toEqual({
      type: 'error',
      header: 'The redraw was not acknowledged',
      text: 'It has changed since you loaded it. The transaction has no open redraw to acknowledge.',
    });
  });

  test.each([
    [{ note: 'called' }, 'acknowledged', ' Your note is kept until you acknowledge it again.'],
    [{ note: 'new order', what: 'decision' }, 'acknowledged', ' Your note is kept until you record it.'],
    [{ note: null }, 'acknowledged', ''],
    [{ kind: 'release', note: null }, 'acknowledged', ''],
    [{ kind: 'release', note: null }, 'released', ''],
  ] as const)(
    'a conflict of %j says who %s it, and that a note is kept only if there is one',
    (given, kind, kept) => {
      const taken = { kind, by: 'clara', caller: person('clara'), at: new Date().toISOString() };
      const refused = [{ id: 'x', error: new ApiProblem(409, 'Raw.'), taken }];
      const { text } = changeMessage(change(given), { done: [], refused }, nothing);
      expect(text).toBe(`clara ${kind} it just now.${kept}`);
    },
  );

  test('a lost connection leaves the result unknown', () => {
    const refused = [{ id: 'x', error: new Unreachable('offline') }];
    expect(changeMessage(change({}), { done: [], refused }, nothing).header).toBe(
      'Couldn’t confirm the acknowledgement',
    );
    expect(changeMessage(change({ kind: 'release' }), { done: [], refused }, nothing).header).toBe(
      'Couldn’t confirm the release',
    );
  });

  test('several reasons are listed, and what succeeded can be undone', () => {
    const refused = [conflict, conflict, { id: 'y', error: new Unreachable('offline') }];
    const notice = changeMessage(change({}), { done: [withRedraw('one')], refused }, nothing);
    expect(notice.header).toBe('3 of 4 redraws were not acknowledged');
    expect(notice.text).toMatch(
      /^2 redraws: It has changed since you loaded it.* 1 redraw: The connection failed/,
    );
    expect(notice.action?.text).toBe('Undo');
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
    expect(callerOf(olivia)).toMatchObject({ subject: caller.subject, name: 'olivia' });
  });
});

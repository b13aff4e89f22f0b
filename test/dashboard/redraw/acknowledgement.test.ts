import { describe, expect, test } from 'vitest';
import type { Transaction } from '../../../dashboard/src/api/answers.ts';
import { ApiProblem, Unreachable } from '../../../dashboard/src/api/api-client.ts';
import { told } from '../../../dashboard/src/redraw/acknowledgement/change-message.ts';
import {
  applyChange,
  type Change,
  pendingAcknowledgements,
  withPendingAcknowledgement,
} from '../../../dashboard/src/redraw/acknowledgement/changes.ts';

const standing = { by: 'olivia', note: null, at: '2026-03-10T12:00:00Z' };

function change(given: Partial<Change>): Change {
  const of = [{ id: 'one', standing }];
  return { kind: 'acknowledge', by: 'olivia', note: null, asked_at: '2026-03-10T12:00:00Z', of, ...given };
}

function withRedraw(id: string): Transaction {
  return { id, redraw: { state: 'stale', acknowledgement: null } } as Transaction;
}

/** Answers every call with the id it was about, or refuses it. */
function answering(refuse: (path: string) => Error | null = () => null) {
  const calls: { path: string; call: unknown }[] = [];
  const json = async <T>(path: string, call?: unknown): Promise<T> => {
    calls.push({ path, call });
    const refusal = refuse(path);
    if (refusal) throw refusal;
    return withRedraw(path.split('/')[3] ?? '') as T;
  };
  return { calls, json };
}

describe('asking the API', () => {
  test('each redraw is asked for once, in the name and with the note given', async () => {
    const api = answering();
    const of = ['one', 'two', 'three', 'four', 'five', 'six'].map((id) => ({ id, standing: null }));
    const { done, refused } = await applyChange(api, change({ of, note: 'called' }));
    expect(done.map(({ id }) => id).sort()).toEqual(of.map(({ id }) => id).sort());
    expect(refused).toEqual([]);
    expect(api.calls).toHaveLength(6);
    expect(api.calls[0]).toEqual({
      path: '/v1/redraws/one/acknowledgement',
      call: { method: 'PUT', body: { by: 'olivia', note: 'called', replaces: null } },
    });
  });

  test('what it is to replace is named by its time', async () => {
    const api = answering();
    await applyChange(api, change({ note: 'called' }));
    const body = { by: 'olivia', note: 'called', replaces: standing.at };
    expect(api.calls).toEqual([{ path: '/v1/redraws/one/acknowledgement', call: { method: 'PUT', body } }]);
  });

  test('what is taken back is named by its time', async () => {
    const api = answering();
    await applyChange(api, change({ kind: 'release' }));
    const query = { by: 'olivia', acknowledged_at: standing.at };
    expect(api.calls).toEqual([
      { path: '/v1/redraws/one/acknowledgement', call: { method: 'DELETE', query } },
    ]);
  });

  test('one that is refused keeps no other from being asked; a fault of ours is not taken for a refusal', async () => {
    const of = ['one', 'two', 'three'].map((id) => ({ id, standing: null }));
    const conflict = new ApiProblem(409, 'It has no open redraw.');
    const api = answering((path) => (path.includes('two') ? conflict : null));
    const { done, refused } = await applyChange(api, change({ of }));
    expect(done.map(({ id }) => id).sort()).toEqual(['one', 'three']);
    expect(refused).toEqual([{ id: 'two', error: conflict }]);
    await expect(
      applyChange(
        answering(() => new TypeError('ours')),
        change({ of }),
      ),
    ).rejects.toThrow('ours');
  });
});

describe('what is hoped for until the API has answered', () => {
  test('stands over what was read, for those it is about', () => {
    const asked = pendingAcknowledgements([
      change({ note: 'called' }),
      change({ kind: 'release', of: [{ id: 'two', standing }] }),
    ]);
    expect(withPendingAcknowledgement(withRedraw('one'), asked).redraw?.acknowledgement).toEqual({
      ...standing,
      note: 'called',
    });
    const taken = {
      ...withRedraw('two'),
      redraw: { ...withRedraw('two').redraw, acknowledgement: standing },
    };
    expect(withPendingAcknowledgement(taken as Transaction, asked).redraw?.acknowledgement).toBeNull();
    const other = withRedraw('three');
    expect(withPendingAcknowledgement(other, asked)).toBe(other);
  });

  test('the later of two changes wins', () => {
    expect(pendingAcknowledgements([change({}), change({ kind: 'release' })]).get('one')).toBeNull();
  });

  test('a transaction without a redraw gets none', () => {
    const without = { id: 'one', redraw: null } as Transaction;
    expect(withPendingAcknowledgement(without, pendingAcknowledgements([change({})]))).toBe(without);
  });
});

describe('what is said of it', () => {
  const nothing = () => undefined;
  const conflict = {
    id: 'x',
    error: new ApiProblem(409, 'The transaction has no open redraw to acknowledge.'),
  };

  test('what was granted can be undone; what was taken back cannot', () => {
    const done = [withRedraw('one')];
    expect(told('acknowledge', { done, refused: [] }, nothing)).toEqual({
      type: 'success',
      header: 'The redraw is acknowledged',
      action: { text: 'Undo', run: nothing },
    });
    const two = { done: [...done, withRedraw('two')], refused: [] };
    expect(told('release', two, nothing)).toEqual({
      type: 'success',
      header: '2 redraws are no longer acknowledged',
    });
  });

  test('a refusal says why, and offers nothing to undo where nothing was done', () => {
    expect(told('acknowledge', { done: [], refused: [conflict] }, nothing)).toEqual({
      type: 'error',
      header: 'The redraw was not acknowledged',
      text: 'Something has changed meanwhile. The transaction has no open redraw to acknowledge.',
    });
  });

  test('several reasons are told apart, and what was granted can be undone', () => {
    const refused = [conflict, conflict, { id: 'y', error: new Unreachable('offline') }];
    const notice = told('acknowledge', { done: [withRedraw('one')], refused }, nothing);
    expect(notice.header).toBe('3 of 4 redraws were not acknowledged');
    expect(notice.text).toMatch(/^2 of them: Something has changed.* 1 of them: The API cannot be reached/);
    expect(notice.action?.text).toBe('Undo');
  });
});

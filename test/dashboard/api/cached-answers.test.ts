import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { Transaction } from '../../../dashboard/src/api/answers.ts';
import { cacheAnswers } from '../../../dashboard/src/api/cached-answers.ts';
import { awaitsDecision } from '../../../dashboard/src/redraw/open-redraw.ts';
import { person } from '../../callers.ts';

const DECISION = { cause: 'redraw_failed', since: '2026-03-10T12:00:00Z' };

function ended(id: string, note: string | null): Transaction {
  const acknowledgement = note && { by: 'olivia', note, at: DECISION.since, caller: person('olivia') };
  return { id, decision: { ...DECISION, acknowledgement } } as Transaction;
}

test('a recorded decision leaves the list at once, and a withdrawn one returns, before the next refresh', async () => {
  const client = new QueryClient();
  client.setQueryData(['decisions'], [ended('one', null), ended('two', null)], { updatedAt: 7 });
  client.setQueryData(['transaction', 'one'], { ...ended('one', null), explanation: 'kept' });
  const waiting = () =>
    client
      .getQueryData<Transaction[]>(['decisions'])
      ?.filter(awaitsDecision)
      .map(({ id }) => id);

  await cacheAnswers(client, [ended('one', 'Placed a new order')]);
  expect(waiting()).toEqual(['two']);
  expect(client.getQueryData(['transaction', 'one'])).toMatchObject({
    decision: { acknowledgement: { note: 'Placed a new order' } },
    explanation: 'kept',
  });
  await cacheAnswers(client, [ended('one', null)]);
  expect(waiting()).toEqual(['one', 'two']);
  expect(client.getQueryData(['redraws'])).toBeUndefined();
  // The answers say nothing about the rest of the list.
  expect(client.getQueryState(['decisions'])?.dataUpdatedAt).toBe(7);
});

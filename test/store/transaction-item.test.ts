/** When a transaction is next to be asked about: what was planned stays while it is no later than what is wanted. */
import { expect, test } from 'vitest';
import { nextRevision } from '../../functions/store/transaction-item.ts';
import { at, brings, CLOCKS, event, STATUS_OF_CLASS } from '../domain/order-records.ts';
import { transactionId } from '../oracle/bodies.ts';

const of = (status: keyof typeof STATUS_OF_CLASS) =>
  brings(1, {
    snapshot: { origin: 'initial', created_at: at(1) },
    events: [event(1, STATUS_OF_CLASS[status])],
  });
const draft = { id: transactionId(1), provisional: false, contributions: of('P'), after: null };
const first = nextRevision(draft, CLOCKS);
/** A month after the newest fact: it is active and silent. */
const WANTED = at(1 + 720 * 3_600);

const planned = (check_at: string | null, contributions = draft.contributions, set = {}) =>
  nextRevision({ ...draft, contributions, after: { ...first, check_at } }, CLOCKS, set).check_at;

test('a check is planned for when it is wanted, and an earlier one stays', () => {
  expect(first.check_at).toBe(WANTED);
  expect(planned(null)).toBe(WANTED);
  expect(planned(at(5))).toBe(at(5));
  expect(planned('9999')).toBe(WANTED);
});

test('where nothing is to be asked any more, nothing is planned', () => {
  expect(planned(at(5), of('X'))).toBeNull();
  expect(planned(null, of('X'))).toBeNull();
});

test('one that has been made, or is set, plans the next anew', () => {
  expect(planned(at(5), draft.contributions, { check_at: null })).toBe(WANTED);
  expect(planned(at(5), draft.contributions, { checked_at: at(1) })).toBe(WANTED);
});

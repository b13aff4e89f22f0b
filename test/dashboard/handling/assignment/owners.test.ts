import { expect, test } from 'vitest';
import { unsavedIn } from '../../../../dashboard/src/handling/unsaved.ts';
import { offered } from '../../../../dashboard/src/handling/use-owners.ts';

test('owners are the user, the people of the pool, then other names that were seen, each once', () => {
  const people = [
    { name: 'cora@example.com', display_name: 'Cora Coordinator' },
    { name: 'olivia@example.com', display_name: 'Olivia Operator' },
    { name: 'max', display_name: null },
  ];
  expect(
    offered('olivia@example.com', people, ['Olivia@example.com', 'Front desk', 'CORA@example.com']),
  ).toEqual([
    { value: 'olivia@example.com', description: 'You' },
    { value: 'cora@example.com', description: 'Cora Coordinator' },
    { value: 'max' },
    { value: 'Front desk' },
  ]);
  expect(offered('olivia', [], ['olivia'])).toEqual([{ value: 'olivia', description: 'You' }]);
});

test('what was not saved is offered where it can be saved, each place once', () => {
  const drafts = ['dismissal:q', 'acknowledge:a', 'contact:c', 'note:d', 'owner:d'];
  expect(unsavedIn([...drafts, 'dismissal:r', 'contact-kind:c', 'something:else'])).toEqual([
    { of: 'webhook' },
    ...['a', 'c', 'd'].map((id) => ({ of: 'transaction', id })),
  ]);
});

/** A rebuild brings back what people did about a transaction that was lost or damaged. */
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { patientReach } from '../../../../core/domain/worklist/reach.ts';
import { transactionKey } from '../../../../core/store/table-layout.ts';
import { addNote } from '../../../../core/use-cases/handling/add-note.ts';
import { assign, unassign } from '../../../../core/use-cases/handling/assign.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';
import { PROGRAM } from '../../../callers.ts';
import { initialAvailable, ORDERED, redrawAt, TRANSACTION } from '../sweep/scene/redraw-bodies.ts';
import { Tracker } from '../sweep/scene/tracker.ts';
import { rebuild } from './lab.ts';

const lead = { by: 'lead', caller: PROGRAM };
const Key = transactionKey(TRANSACTION);

async function handled(): Promise<Tracker> {
  const tracker = new Tracker();
  await tracker.deliver(initialAvailable(), march(5, '10:00:01'));
  const { projection } = tracker;
  const owning = { ...lead, assignee: 'ann', followUpAt: march(20) };
  await assign(projection, TRANSACTION, { ...owning, assignee: 'bob' }, new Date(march(6)));
  await assign(projection, TRANSACTION, owning, new Date(march(7)));
  const note = { ...lead, text: null, withdraws: null, key: null };
  await addNote(projection, TRANSACTION, { ...note, kind: 'called' }, new Date(march(8)));
  await addNote(projection, TRANSACTION, { ...note, kind: 'note', text: 'asked' }, new Date(march(9)));
  return tracker;
}

async function lose(tracker: Tracker, how: 'deleted' | 'damaged'): Promise<void> {
  const { memory } = tracker;
  const { Item } = await memory.client.send(new GetCommand({ TableName: memory.name, Key }));
  memory.onChange = () => undefined;
  await memory.client.send(new DeleteCommand({ TableName: memory.name, Key }));
  const { assignment: _, contact: __, marks: ___, ...rest } = Item ?? {};
  if (how === 'damaged')
    await memory.client.send(new PutCommand({ TableName: memory.name, Item: { ...rest, ...Key, marks: 7 } }));
}

async function rebuilt(tracker: Tracker) {
  await rebuild(tracker.memory);
  return tracker.transaction(TRANSACTION);
}

test.each(['deleted', 'damaged'] as const)(
  'its owner, follow-up, last note, last contact and reach: %s',
  async (how) => {
    const tracker = await handled();
    const before = await tracker.transaction(TRANSACTION);
    await lose(tracker, how);
    const after = await rebuilt(tracker);
    expect(after).toMatchObject({
      assignment: { assignee: 'ann', follow_up: { at: march(20) } },
      noted: { kind: 'note' },
      contact: { kind: 'called' },
    });
    const traces = (one: typeof after) => [
      one?.assignment,
      one?.noted,
      one?.contact,
      one && patientReach(one),
    ];
    expect(traces(after)).toEqual(traces(before));
    expect(traces(after).at(-1)).toBe('told');
  },
);

test('a removed owner stays removed, and a contact before the last progress says nothing about it', async () => {
  const tracker = await handled();
  await tracker.deliver(redrawAt([ORDERED]), march(10));
  await unassign(tracker.projection, TRANSACTION, lead, new Date(march(11)));
  await lose(tracker, 'deleted');
  const after = await rebuilt(tracker);
  expect(after?.assignment?.assignee).toBeNull();
  expect(after && patientReach(after)).toBe('not_told');
});

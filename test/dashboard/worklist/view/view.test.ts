import { describe, expect, test } from 'vitest';
import {
  isFiltered,
  readView,
  WHOLE,
  type WorklistView,
  writeView,
} from '../../../../dashboard/src/worklist/view/view.ts';

describe('the address', () => {
  const view: WorklistView = {
    due: 'due_soon',
    stages: ['awaiting_draw', 'awaiting_result'],
    test: 'Iron & more',
    lab: 'quest',
    modality: 'testkit',
    expectedBy: '2026-03-20',
    acknowledged: false,
    reach: 'could_not_be_reached',
    age: '7-14',
    owner: 'me',
    followUp: 'today',
    decisions: true,
    name: 'Week & co',
    text: 'a b&c',
    sort: 'open',
    descending: true,
    page: 3,
  };

  test('holds the whole view', () => {
    const address = writeView(view).toString();
    expect(address).toBe(
      'q=a+b%26c&due=due_soon&stage=awaiting_draw%2Cawaiting_result&test=Iron+%26+more&lab=quest&modality=testkit&expected_by=2026-03-20&acknowledged=no&reach=could_not_be_reached&age=7-14&owner=me&follow_up=today&show=decisions&sort=-open&view=Week+%26+co&page=3',
    );
    expect(readView(new URLSearchParams(address))).toEqual(view);
  });

  test('is empty for the default view', () => {
    expect(writeView(WHOLE).toString()).toBe('');
    expect(readView(new URLSearchParams())).toEqual(WHOLE);
    expect(readView(writeView({ ...WHOLE, descending: true })).descending).toBe(true);
  });

  test('with invalid values shows the default view', () => {
    const address =
      'due=rotten&stage=__proto__&owner=&follow_up=never&show=all&acknowledged=maybe&age=7&sort=-colour&page=-2';
    expect(readView(new URLSearchParams(address))).toEqual({ ...WHOLE, descending: true });
    expect(readView(new URLSearchParams('page=1e9&due=overdue'))).toMatchObject({
      page: 1e9,
      due: 'overdue',
    });
  });

  test('sort order and page are not filters', () => {
    expect(isFiltered({ ...WHOLE, sort: 'open', descending: true, page: 2, text: '  ' })).toBe(false);
    expect(isFiltered({ ...WHOLE, acknowledged: false })).toBe(true);
    expect(isFiltered({ ...WHOLE, text: 'x' })).toBe(true);
  });
});

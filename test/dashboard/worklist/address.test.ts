import { describe, expect, test } from 'vitest';
import { queryText, readView, writeView } from '../../../dashboard/src/worklist/address.ts';

describe('the address of the worklist', () => {
  test.each([
    'show=mine&f=lab%3DQuest&f=markers%3AFerritin&f=%3Airon+%26+more&match=any&sort=-owner&page=3',
    'f=expected%3C%3D2026-03-20',
    'show=decisions',
  ])('keeps %s', (address) => {
    const params = new URLSearchParams(address);
    expect(writeView(params, readView(params)).toString()).toBe(address);
  });

  test('ignores what it does not know', () => {
    const params = new URLSearchParams('f=colour%3Dred&f=lab%3D&f=nothing&page=-2&match=maybe');
    expect(readView(params)).toEqual({ query: { tokens: [], operation: 'and' }, sort: '', page: 1 });
  });

  test('says its filter in words', () => {
    const { query } = readView(new URLSearchParams('f=lab%3DQuest&f=%3Airon&match=any'));
    expect(queryText(query)).toBe('Lab = Quest or “iron”');
  });
});

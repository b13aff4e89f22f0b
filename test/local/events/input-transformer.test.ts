import { describe, expect, it } from 'vitest';
import { type TargetInput, targetInput, valueAt } from '../../../local/events/input-transformer.ts';

const event = {
  id: 'e1',
  'detail-type': 'Item Sold',
  source: 'shop',
  detail: {
    name: 'A "big" one',
    count: 3,
    gone: null,
    tags: ['x', 'y'],
    lines: [{ sku: 'a' }, { sku: 'b' }],
  },
};
const rule = { name: 'sold', arn: 'arn:rule', ingestedAt: '2026-05-01T12:00:00.000Z' };

function given(input: TargetInput): string {
  return targetInput(input)(event, rule);
}

function filled(InputTemplate: string, InputPathsMap: Record<string, string> = {}): string {
  return given({ InputTransformer: { InputTemplate, InputPathsMap } });
}

describe('input of a target', () => {
  it('is the event, what is given instead, or a part of it', () => {
    expect(JSON.parse(given({}))).toEqual(event);
    expect(given({ Input: '{"fixed": true}' })).toBe('{"fixed": true}');
    expect(given({ InputPath: '$.detail.tags' })).toBe('["x","y"]');
    expect(given({ InputPath: '$.detail.absent' })).toBe('');
  });

  const paths = {
    name: '$.detail.name',
    count: '$.detail.count',
    'a-tag': '$.detail.tags[1]',
    absent: '$.no.where',
  };

  it.each([
    ['{"what": <name>, "n": <count>}', '{"what":"A \\"big\\" one","n":3}'],
    ['{"text": "<count> of <a-tag>"}', '{"text":"3 of y"}'],
    ['{"list": [1, <a-tag>, true]}', '{"list":[1,"y",true]}'],
    ['"sold <count> by <aws.events.rule-name>"', '"sold 3 by sold"'],
    ['"one line: <count>"\n"another: <a-tag>"', '"one line: 3"\n"another: y"'],
    ['"nothing: <absent>."', '"nothing: ."'],
    ['"said \\"<count>\\" and <a-tag>"', '"said \\"3\\" and y"'],
    ['<count> pieces', '3 pieces'],
    ['"<unknown> stays"', '"<unknown> stays"'],
    ['{"rule": <aws.events.rule-arn>}', '{"rule":"arn:rule"}'],
    ['{"at": <aws.events.event.ingestion-time>}', '{"at":"2026-05-01T12:00:00.000Z"}'],
  ])('%s becomes %s', (template, expected) => {
    expect(filled(template, paths)).toBe(expected);
  });

  it('may hold the event, with or without its detail', () => {
    const { detail: _, ...withoutDetail } = event;
    expect(JSON.parse(filled('{"all": <aws.events.event.json>, "head": <aws.events.event>}'))).toEqual({
      all: event,
      head: withoutDetail,
    });
  });
});

it.each([
  ['$', event],
  ['$.detail-type', 'Item Sold'],
  ['$.detail.tags[0]', 'x'],
  ['$.detail.lines[*].sku', ['a', 'b']],
  ['$.detail.lines[1].sku', 'b'],
  ['$.detail.gone', null],
  ['$.detail.toString', undefined],
])('the path %s leads to %j', (path, expected) => {
  expect(valueAt(event, path)).toEqual(expected);
});

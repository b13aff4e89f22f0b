import { describe, expect, it } from 'vitest';
import { eventPattern } from '../../local/event-pattern.ts';

const record = {
  eventName: 'MODIFY',
  tags: ['a', 'b'],
  size: 7,
  nothing: null,
  empty: [],
  dynamodb: {
    Keys: { pk: { S: 'ORDER#1' }, sk: { S: 'ORDER' } },
    NewImage: { n: { N: '5' }, on: { BOOL: true } },
  },
};

describe('event pattern', () => {
  it.each<[object, boolean]>([
    [{}, true],
    [{ eventName: ['INSERT', 'MODIFY'] }, true],
    [{ eventName: ['INSERT'] }, false],
    [{ dynamodb: { Keys: { sk: { S: ['ORDER'] } } } }, true],
    [{ dynamodb: { Keys: { sk: { S: ['TX'] } } } }, false],
    [{ dynamodb: { Keys: { pk: { S: [{ prefix: 'ORDER#' }] } } } }, true],
    [{ dynamodb: { Keys: { pk: { S: [{ suffix: '#2' }] } } } }, false],
    [{ eventName: [{ 'anything-but': 'REMOVE' }] }, true],
    [{ eventName: [{ 'anything-but': ['REMOVE', 'MODIFY'] }] }, false],
    [{ eventName: [{ 'anything-but': { prefix: 'MOD' } }] }, false],
    [{ absent: [{ 'anything-but': 'x' }] }, false],
    [{ eventName: [{ 'equals-ignore-case': 'modify' }] }, true],
    [{ dynamodb: { OldImage: { x: { S: [{ exists: false }] } } } }, false],
    [{ absent: [{ exists: false }] }, true],
    [{ size: [{ exists: true }] }, true],
    [{ dynamodb: [{ exists: true }] }, false],
    [{ empty: [{ exists: false }] }, true],
    [{ size: [{ numeric: ['>', 5, '<=', 7] }] }, true],
    [{ size: [{ numeric: ['=', 8] }] }, false],
    [{ dynamodb: { NewImage: { n: { N: [{ numeric: ['=', 5] }] } } } }, false],
    [{ dynamodb: { NewImage: { on: { BOOL: [true] } } } }, true],
    [{ nothing: [null] }, true],
    [{ tags: ['b'] }, true],
    [{ $or: [{ size: [1] }, { eventName: ['MODIFY'] }] }, true],
    [{ $or: [{ size: [1] }, { eventName: ['INSERT'] }] }, false],
  ])('%j: %s', (pattern, expected) => {
    expect(eventPattern(pattern)(record)).toBe(expected);
  });

  it.each([[{ a: 'text' }], [{ a: [{ cidr: '10.0.0.0/8' }] }], [{ a: [{ numeric: ['~', 1] }] }]])(
    'refuses %j',
    (pattern) => {
      expect(() => eventPattern(pattern)).toThrow(/event filter/);
    },
  );
});

import { describe, expect, it } from 'vitest';
import { eventPattern } from '../../../local/events/event-pattern.ts';

const record = {
  eventName: 'MODIFY',
  tags: ['a', 'b'],
  size: 7,
  nothing: null,
  address: '10.1.2.3',
  file: 'logs/2026/May.log',
  lines: [
    { sku: 'a', count: 1 },
    { sku: 'b', count: 5 },
  ],
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
    [{ eventName: [{ 'anything-but': { prefix: ['IN', 'RE'] } }] }, true],
    [{ eventName: [{ 'anything-but': { suffix: ['FY', 'x'] } }] }, false],
    [{ eventName: [{ 'anything-but': { 'equals-ignore-case': ['modify', 'x'] } }] }, false],
    [{ file: [{ 'anything-but': { wildcard: '*.log' } }] }, false],
    [{ file: [{ prefix: { 'equals-ignore-case': 'LOGS/' } }] }, true],
    [{ file: [{ suffix: { 'equals-ignore-case': 'may.LOG' } }] }, true],
    [{ file: [{ wildcard: 'logs/*/May.log' }] }, true],
    [{ file: [{ wildcard: 'logs/*/Ma.log' }] }, false],
    [{ file: [{ wildcard: 'logs/2026/May?log' }] }, false],
    [{ file: [{ wildcard: 'logs/2026/\\*' }] }, false],
    [{ address: [{ cidr: '10.0.0.0/8' }] }, true],
    [{ address: [{ cidr: '11.0.0.0/8' }] }, false],
    [{ address: [{ cidr: 'fd00::/8' }] }, false],
    [{ file: [{ cidr: '10.0.0.0/8' }] }, false],
    [{ lines: { sku: ['b'], count: [{ numeric: ['>', 4] }] } }, true],
    [{ lines: { sku: ['c'] } }, false],
    [{ eventName: ['MODIFY'], $or: [{ size: [1] }, { tags: ['a'] }] }, true],
    [{ eventName: ['INSERT'], $or: [{ size: [1] }, { tags: ['a'] }] }, false],
    [{ tags: ['b'] }, true],
    [{ $or: [{ size: [1] }, { eventName: ['MODIFY'] }] }, true],
    [{ $or: [{ size: [1] }, { eventName: ['INSERT'] }] }, false],
  ])('%j: %s', (pattern, expected) => {
    expect(eventPattern(pattern)(record)).toBe(expected);
  });

  it.each([[{ a: 'text' }], [{ a: [{ like: 'x' }] }], [{ a: [{ numeric: ['~', 1] }] }]])(
    'refuses %j',
    (pattern) => {
      expect(() => eventPattern(pattern)).toThrow(/event pattern/);
    },
  );
});

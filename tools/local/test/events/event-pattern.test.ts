import { describe, expect, it } from 'vitest';
import { eventPattern } from '../../events/event-pattern.ts';

const record = {
  eventName: 'MODIFY',
  size: 7,
  nothing: null,
  tags: ['a', 'b'],
  dynamodb: { Keys: { pk: { S: 'ORDER#1' }, sk: { S: 'ORDER#12' } } },
};

describe('event pattern', () => {
  it.each<[object, boolean]>([
    [{}, true],
    [{ eventName: ['INSERT', 'MODIFY'] }, true],
    [{ eventName: ['INSERT'] }, false],
    [{ eventName: ['MODIFY'], size: [8] }, false],
    [{ size: [7] }, true],
    [{ nothing: [null] }, true],
    [{ tags: ['b'] }, true],
    [{ dynamodb: { Keys: { sk: { S: ['ORDER#12'] } } } }, true],
    [{ dynamodb: { Keys: { sk: { S: [{ prefix: 'ORDER#' }] } } } }, true],
    [{ dynamodb: { Keys: { sk: { S: ['MATCH_REVIEW', { prefix: 'TX#' }] } } } }, false],
    [{ size: [{ prefix: '7' }] }, false],
    [{ dynamodb: { OldImage: { sk: { S: ['TX'] } } } }, false],
    [{ toString: ['x'] }, false],
    [{ eventName: [{ 'anything-but': ['REMOVE'] }] }, true],
    [{ eventName: [{ 'anything-but': ['REMOVE', 'MODIFY'] }] }, false],
    [{ absent: [{ 'anything-but': ['x'] }] }, false],
  ])('%j: %s', (pattern, expected) => {
    expect(eventPattern(pattern)(record)).toBe(expected);
  });

  it.each([
    [{ a: 'text' }],
    [{ a: [{ prefix: ['x'] }] }],
    [{ a: [{ prefix: 'x', suffix: 'y' }] }],
    [{ a: [{ 'anything-but': { prefix: 'x' } }] }],
    [{ $or: [{ a: ['x'] }] }],
  ])('refuses %j', (pattern) => {
    expect(() => eventPattern(pattern)).toThrow(/^The local run does not support the event pattern .+\.$/);
  });
});

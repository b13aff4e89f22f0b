import { describe, expect, it } from 'vitest';
import { eventPattern } from '../../../local/events/event-pattern.ts';

const record = {
  eventName: 'MODIFY',
  size: 7,
  nothing: null,
  tags: ['a', 'b'],
  dynamodb: { Keys: { pk: { S: 'ORDER#1' }, sk: { S: 'ORDER' } } },
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
    [{ dynamodb: { Keys: { sk: { S: ['ORDER'] } } } }, true],
    [{ dynamodb: { Keys: { sk: { S: ['TX'] } } } }, false],
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
    [{ a: [{ prefix: 'x' }] }],
    [{ a: [{ 'anything-but': { prefix: 'x' } }] }],
    [{ $or: [{ a: ['x'] }] }],
  ])('refuses %j', (pattern) => {
    expect(() => eventPattern(pattern)).toThrow(/^The local run does not support the event pattern .+\.$/);
  });
});

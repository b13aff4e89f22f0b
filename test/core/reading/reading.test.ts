import { describe, expect, test } from 'vitest';
import {
  atLeast,
  boolean,
  changed,
  integer,
  list,
  looseObject,
  matching,
  naturalNumber,
  nonEmpty,
  number,
  object,
  oneOf,
  optional,
  orElse,
  orNull,
  positiveInteger,
  text,
  url,
} from '../../../core/reading/readers.ts';
import {
  dataOf,
  type Reader,
  readLeniently,
  readOrThrow,
  readStrictly,
} from '../../../core/reading/reading.ts';

const NONE: ReadonlySet<string> = new Set();

describe('a strict reading', () => {
  test.each([
    ['text', text, ['', 'a'], [1, null, {}]],
    ['text of a length', atLeast(2), ['ab'], ['a', 12]],
    ['text that is not empty', nonEmpty, ['a'], ['', undefined]],
    ['text of a form', matching(/^a+$/), ['aa'], ['ab']],
    ['a URL', url, ['https://a.test/b'], ['a.test', '']],
    ['truth', boolean, [true, false], ['true', 0]],
    ['a number', number, [1.5, -1], ['1', Number.NaN, Number.POSITIVE_INFINITY]],
    ['a whole number', integer, [0, -1], [1.5, '1', 2 ** 53]],
    ['a whole number from 0', naturalNumber, [0, 7], [-1, 1.5]],
    ['one of several', oneOf(['a', 1]), ['a', 1], ['1', null]],
    ['null', orNull(text), [null, 'a'], [1]],
    ['absence', optional(text), [undefined, 'a'], [1]],
    ['a list', list(text), [[], ['a']], ['a', {}, [1]]],
    ['an object', object({ a: text }), [{ a: 'b' }], [{}, [], null, 'a']],
  ] as readonly (readonly [string, Reader<unknown>, readonly unknown[], readonly unknown[]])[])(
    '%s',
    (_, reader, readable, unreadable) => {
      for (const given of readable) expect(dataOf(readLeniently(reader, given, NONE))).toEqual(given);
      for (const given of unreadable) expect(readStrictly(reader, given)).toBeUndefined();
    },
  );

  test('reads a number in a text', () => {
    expect(readStrictly(positiveInteger, '20')).toBe(20);
    for (const given of ['0', '-1', '1.5', '1e3', '', 20]) {
      expect(readStrictly(positiveInteger, given)).toBeUndefined();
    }
  });

  test('leaves out the other fields of an object, unless they are asked for', () => {
    expect(readStrictly(object({ a: text }), { a: 'a', b: 2 })).toEqual({ a: 'a' });
    expect(readStrictly(looseObject({ a: text }), { a: 'a', b: 2 })).toEqual({ a: 'a', b: 2 });
  });

  test('uses another value in place of one with an unreadable part', () => {
    const reader = orElse(object({ a: text }), null);
    expect(readStrictly(reader, { a: 'a' })).toEqual({ a: 'a' });
    expect(dataOf(readLeniently(reader, { a: 1 }, NONE))).toBeNull();
  });

  test('turns a value into another one', () => {
    const reader = changed(text, (given) => (given === '' ? null : given.length), 'empty');
    expect(readStrictly(reader, 'abc')).toBe(3);
    expect(() => readOrThrow(object({ a: reader }), { a: '' })).toThrow('a: empty');
  });

  test('names every part that cannot be read, without its value', () => {
    const reader = object({ a: text, of: object({ b: list(text) }), c: text });
    expect(() => readOrThrow(reader, { a: 'a', of: { b: ['x', 12_345] }, c: 5 })).toThrow(
      /^of\.b\.1: not text; c: not text$/,
    );
    expect(() => readOrThrow(text, 5)).toThrow(/^: not text$/);
  });
});

describe('a lenient reading', () => {
  const reader = object({
    id: text,
    name: orNull(text),
    part: orNull(object({ needed: text, other: orNull(text) })),
    entries: orNull(list(object({ key: text }))),
  });
  const read = (given: unknown, ...needed: string[]) => readLeniently(reader, given, new Set(needed));
  const rest = { id: 'i', name: null, part: null, entries: null };

  test('counts a field that cannot be read as absent, and names it', () => {
    expect(read({ ...rest, name: 5 })).toEqual({ data: rest, unreadable: ['name'] });
    const part = { needed: 'n', other: 5 };
    expect(read({ ...rest, part })).toEqual({
      data: { ...rest, part: { needed: 'n', other: null } },
      unreadable: ['part.other'],
    });
  });

  test('counts what a field is a part of as absent, if the field cannot be', () => {
    const entries = [{ key: 'a' }, { key: 5 }];
    expect(read({ ...rest, entries })).toEqual({ data: rest, unreadable: ['entries[].key'] });
  });

  test('names no field that is missing', () => {
    expect(read({ ...rest, part: {}, entries: [{ key: null }] })).toEqual({ data: rest, unreadable: [] });
  });

  test('fails for a part that is needed, and for the value as a whole', () => {
    const entries = [{ key: 5 }, { key: 'a' }, 'b'];
    expect(read({ ...rest, name: 5, entries }, 'entries[]')).toEqual({
      issues: [
        { path: ['entries', 0, 'key'], message: 'not text' },
        { path: ['entries', 2], message: 'not an object' },
      ],
    });
    expect(read({ name: 'n' })).toEqual({ issues: [{ path: ['id'], message: 'not text' }] });
    expect(read([])).toEqual({ issues: [{ path: [], message: 'not an object' }] });
  });
});

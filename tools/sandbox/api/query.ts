import { type Instant, instantOf } from '../time.ts';
import { Unprocessable } from './api.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const ZIP = /^\d{5}$/;

/** Reads an id, which must be a UUID. @throws {Unprocessable} */
export function readId(place: 'path' | 'query' | 'body', name: string, text: string): string {
  if (UUID.test(text)) return text.toLowerCase();
  throw wrong([place, name], 'Input should be a valid UUID', 'uuid_parsing', text);
}

export function readZip(query: URLSearchParams, name = 'zip_code'): string {
  const text = query.get(name);
  if (text === null) throw wrong(['query', name], 'Field required', 'missing', null);
  if (ZIP.test(text)) return text;
  throw wrong(['query', name], "String should match pattern '^\\d{5}$'", 'string_pattern_mismatch', text);
}

export function readCount(query: URLSearchParams, name: string, otherwise: number, most = Infinity): number {
  const text = query.get(name);
  if (text === null) return otherwise;
  const count = Number(text);
  if (!Number.isInteger(count)) {
    throw wrong(['query', name], 'Input should be a valid integer', 'int_parsing', text);
  }
  if (count < 1)
    throw wrong(['query', name], 'Input should be greater than or equal to 1', 'greater_than_equal', text);
  if (count > most)
    throw wrong(['query', name], `Input should be less than or equal to ${most}`, 'less_than_equal', text);
  return count;
}

export function readBoolean(query: URLSearchParams, name: string): boolean | null {
  const text = query.get(name);
  if (text === null) return null;
  if (text === 'true' || text === 'false') return text === 'true';
  throw wrong(['query', name], 'Input should be a valid boolean', 'bool_parsing', text);
}

/** All values of a parameter, each of them known. @throws {Unprocessable} */
export function oneOf(query: URLSearchParams, name: string, isKnown: (text: string) => boolean): string[] {
  const texts = query.getAll(name);
  const unknown = texts.find((text) => !isKnown(text));
  if (unknown === undefined) return texts;
  throw wrong(['query', name], 'Input should be one of the documented values', 'enum', unknown);
}

/** A date without a time is the start of the day, or its end for the end of a range. */
export function readTime(
  source: 'query' | 'body',
  name: string,
  text: string | null,
  intoTheDay: Instant = 0,
): Instant | null {
  if (text === null) return null;
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw wrong([source, name], 'Input should be a valid datetime', 'datetime_parsing', text);
  }
  return instantOf(date) + (/^\d{4}-\d\d-\d\d$/.test(text) ? intoTheDay : 0);
}

export function wrong(loc: string[], msg: string, type: string, input: unknown): Unprocessable {
  return new Unprocessable({ loc, msg, type, input });
}

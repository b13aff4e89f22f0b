/** Reads the values in Junction's JSON by state-model.md, "Values". Throws if a value cannot be read. */

export class Unreadable extends Error {}

const TIME = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:[.,](\d{1,9}))?(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const MINUTE = 60_000;

export type Json = Record<string, unknown>;

/** A date-time in any spelling, as UTC with six fraction digits. */
export function time(value: unknown): string {
  const parts = typeof value === 'string' ? TIME.exec(value) : null;
  if (!parts) throw new Unreadable(`not a time: ${String(value)}`);
  const [, day, clock, fraction = '', zone = 'Z'] = parts;
  const millis = Date.parse(`${day}T${clock}Z`);
  // Date turns February 30 into March, so only a time that it returns unchanged exists.
  const onCalendar = !Number.isNaN(millis) && new Date(millis).toISOString().startsWith(`${day}T${clock}`);
  if (!onCalendar) throw new Unreadable(`not a time: ${value}`);
  const utc = new Date(millis - offset(zone)).toISOString();
  return `${utc.slice(0, 19)}.${fraction.padEnd(6, '0').slice(0, 6)}Z`;
}

function offset(zone: string): number {
  if (zone === 'Z' || zone === 'z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * MINUTE;
}

export function timeOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : time(value);
}

/** A date is kept; a date-time is normalized. */
export function dateOrNull(value: unknown): string | null {
  if (typeof value !== 'string' || !DATE.test(value)) return timeOrNull(value);
  time(`${value}T00:00:00Z`);
  return value;
}

export function uuid(value: unknown): string {
  const lower = typeof value === 'string' ? value.toLowerCase() : '';
  if (!UUID.test(lower)) throw new Unreadable(`not an id: ${String(value)}`);
  return lower;
}

export function uuidOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : uuid(value);
}

/** An id given by a person or a team: any text up to 256 characters; the empty one names nobody. */
export function nameOrNull(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null;
  if (typeof value !== 'string' || value.length > 256) throw new Unreadable('not a name');
  return value;
}

export function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

export function booleanOrNull(value: unknown): boolean | null {
  return typeof value === 'boolean' ? value : null;
}

export function object(value: unknown): Json {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Unreadable('not an object');
  return value as Json;
}

export function objectOrNull(value: unknown): Json | null {
  return value === null || value === undefined ? null : object(value);
}

/** A missing list is read as empty. */
export function list(value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  if (!Array.isArray(value)) throw new Unreadable('not a list');
  return value;
}

/** JSON with sorted keys, so that equal content has equal text. */
export function canonical(value: unknown): string {
  return JSON.stringify(sorted(value));
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(sorted);
  const fields = value as Json;
  const inOrder: Json = {};
  for (const name of Object.keys(fields).sort()) inOrder[name] = sorted(fields[name]);
  return inOrder;
}

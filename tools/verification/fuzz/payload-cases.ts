/** The sandbox's webhooks with one to three changes that no sender should make. */

import { journeys } from '../../sandbox/journeys/journeys.ts';
import { planDeliveries } from '../../sandbox/webhooks/delivery-plan.ts';
import { Draw } from './draw.ts';

const BODIES = planDeliveries(journeys(5, 60), { seed: 5 }).map(({ body }) => body);

type Container = Record<string, unknown>;

const WORDS = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'length',
  '\u0000',
  '\ud800',
  '',
  'é'.repeat(300),
];

/** The mutated webhook with this number. The same number gives the same bytes. */
export function mutatedBody(number: number): Buffer {
  const draw = new Draw(number);
  const root: Container = { body: JSON.parse(draw.one(BODIES)) };
  for (let left = draw.below(4); left > 0; left -= 1) mutate(draw, root);
  const text = deepened(JSON.stringify(root.body) ?? '');
  return draw.once(8)
    ? mangledBytes(draw, text)
    : Buffer.from(draw.once(8) ? withDoubleKey(draw, text) : text);
}

function mutate(draw: Draw, root: Container): void {
  const { container, key } = placeIn(draw, root);
  draw.one([remove, duplicate, retype, retype, deepen, enlarge, rename, poison])(draw, container, key);
}

/** A place in the body; deep places are as likely as shallow ones. */
function placeIn(draw: Draw, root: Container): { container: Container; key: string } {
  let place = { container: root, key: 'body' };
  for (;;) {
    const value = place.container[place.key];
    if (typeof value !== 'object' || value === null || draw.once(4)) return place;
    const keys = Object.keys(value);
    if (keys.length === 0) return place;
    place = { container: value as Container, key: draw.one(keys) };
  }
}

type Mutation = (draw: Draw, container: Container, key: string) => void;

const remove: Mutation = (_, container, key) => {
  if (Array.isArray(container)) container.splice(Number(key), 1);
  else delete container[key];
};

const duplicate: Mutation = (draw, container, key) => {
  const copy = structuredClone(container[key]);
  if (Array.isArray(container)) container.splice(draw.below(container.length + 1), 0, copy);
  else container[draw.one(['id', 'data', 'events', 'order_transaction', 'event_type', 'order_id'])] = copy;
};

const retype: Mutation = (draw, container, key) => {
  container[key] = draw.one<unknown>([
    null,
    true,
    0,
    -1,
    1e308,
    9_007_199_254_740_992,
    '',
    'NaN',
    '0',
    [],
    {},
    [[]],
    [null],
    { id: 1 },
    '2026-02-30T00:00:00Z',
    '2026-01-01',
    '9999-12-31T23:59:59.999999999Z',
    '-000001-01-01T00:00:00Z',
    draw.one(WORDS),
    [container[key]],
    { [key]: container[key] },
    typeof container[key],
  ]);
};

/** A description only: JSON.stringify fails at less depth than JSON.parse. The deepest exceeds any stack. */
const deepen: Mutation = (draw, container, key) => {
  container[key] = `@deep ${draw.one([10, 500, 40_000])}@`;
};

function deepened(text: string): string {
  return text.replaceAll(/"@deep (\d+)@"/g, (_, depth: string) => {
    const levels = Number(depth);
    return levels % 3 === 1
      ? '['.repeat(levels) + ']'.repeat(levels)
      : `${'{"id":'.repeat(levels)}0${'}'.repeat(levels)}`;
  });
}

const enlarge: Mutation = (draw, container, key) => {
  const value = container[key];
  const times = draw.one([100, 1_001, 5_000]);
  container[key] = draw.one<() => unknown>([
    () => 'x'.repeat(times * 20),
    () => Array.from({ length: times }, () => 0),
    () => (Array.isArray(value) ? Array.from({ length: times }, (_, n) => value[n % value.length]) : value),
    () => Object.fromEntries(Array.from({ length: times }, (_, n) => [`k${n}`, n])),
  ])();
};

const rename: Mutation = (draw, container, key) => {
  if (Array.isArray(container)) return;
  container[draw.one(Object.keys(container))] = container[key];
};

/** As JSON.parse treats such a key: an own property of that name. */
const poison: Mutation = (draw, container) => {
  if (Array.isArray(container)) return;
  const value = { polluted: true, id: 'x', status: 'cancelled' };
  Object.defineProperty(container, draw.one(WORDS), {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
};

function withDoubleKey(draw: Draw, text: string): string {
  const fields = [...text.matchAll(/"(\w+)":("[^"]*"|null|true|false|\d+)/g)];
  const field = fields[draw.below(Math.max(1, fields.length))];
  const other = `"${field?.[1] ?? 'id'}":${draw.one(['null', '"x"', '[]', '{"__proto__":{"polluted":1}}'])},`;
  return text.replaceAll('{', () => (draw.once(3) ? `{${other}` : '{'));
}

function mangledBytes(draw: Draw, text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length === 0 || draw.once(3)) return bytes.subarray(0, draw.below(bytes.length + 1));
  for (let left = 1 + draw.below(4); left > 0; left -= 1) bytes[draw.below(bytes.length)] = draw.below(256);
  return bytes;
}

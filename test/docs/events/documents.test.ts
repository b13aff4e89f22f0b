/** The documents about events are up to date. */
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { events } from '../../../docs/events/catalogue.ts';
import { documents } from '../../../docs/events/documents.ts';

const FOLDER = new URL('../../../docs/events/', import.meta.url);
const fileOf = (type: string) => `schemas/${type.toLowerCase().replaceAll(' ', '-')}.schema.json`;
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');

describe('docs/events', () => {
  test('has exactly the files that generate.ts writes', () => {
    for (const [name, text] of documents()) {
      expect(read(name), `${name} is not as generated: run node docs/events/generate.ts`).toBe(text);
    }
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
    const made = files.filter((name) => !name.endsWith('.ts') && !['catalogue', 'schemas'].includes(name));
    expect(made.sort()).toEqual([...documents().keys()].sort());
  });

  test('has no dead link', () => {
    for (const [, target = ''] of read('README.md').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      expect(() => readFileSync(new URL(target, FOLDER)), target).not.toThrow();
    }
  });
});

/** What the bus adds to every detail. */
const MARKS = { historical: false, watch_only: false };

describe.each(events)('%s', (type, { schema: ofDetail, example }) => {
  const schema = JSON.parse(read(fileOf(type)));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);

  test('has an example that fits both schemas', () => {
    expect(ofDetail.parse(example)).toEqual(example);
    expect(validate({ ...example, ...MARKS }), JSON.stringify(validate.errors)).toBe(true);
    expect(validate(example)).toBe(false);
    expect(read('README.md')).toContain(`### ${type}\n`);
  });

  test('does not fit either schema if a field is missing or has another type', () => {
    for (const name of Object.keys(example)) {
      const { [name as keyof typeof example]: _, ...lacking } = example;
      for (const wrong of [lacking, { ...example, [name]: { of: 'another kind' } }]) {
        expect(validate({ ...wrong, ...MARKS }), name).toBe(false);
        expect(ofDetail.safeParse(wrong).success, name).toBe(false);
      }
    }
  });

  test('accepts additional fields', () => {
    expect(validate({ ...example, ...MARKS, new_field: true })).toBe(true);
  });
});

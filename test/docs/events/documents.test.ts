/** The documents about events are up to date, valid, and true to what is published. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import asyncApiSchema from '@asyncapi/specs/schemas/3.0.0-without-$id.json' with { type: 'json' };
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { events } from '../../../docs/events/catalogue.ts';
import { documents } from '../../../docs/events/documents.ts';
import { exampleDetail, schemaId, slugOf } from '../../../docs/events/schemas.ts';
import { version } from '../../../lib/configuration/version.ts';
import { breaks } from './released-schemas.ts';

const FOLDER = new URL('../../../docs/events/', import.meta.url);
const NOT_GENERATED =
  /^rules\.json$|\.ts$|^(catalogue|examples|schemas|released)$|^released\/|^introduction\.md$/;
const fileOf = (type: string) => `schemas/${slugOf(type)}.schema.json`;
const read = (name: string) => readFileSync(new URL(name, FOLDER), 'utf8');

describe('docs/events', () => {
  test('has exactly the files that generate.ts writes', () => {
    for (const [name, text] of documents()) {
      expect(read(name), `${name} is not as generated: run npm run event-docs`).toBe(text);
    }
    const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' });
    const made = files.filter((name) => !NOT_GENERATED.test(name));
    expect(made.sort()).toEqual([...documents().keys()].sort());
  });

  test('has no dead link', () => {
    for (const [, target = ''] of read('README.md').matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)) {
      expect(existsSync(new URL(target, FOLDER)), target).toBe(true);
    }
  });

  test('has a valid AsyncAPI document with a message for each event', () => {
    const ajv = addFormats.default(new Ajv({ strict: false }));
    const document = JSON.parse(read('asyncapi.json'));
    expect(ajv.validate(asyncApiSchema, document), JSON.stringify(ajv.errors)).toBe(true);
    const { messages } = document.components;
    for (const [type] of events) {
      expect(messages[slugOf(type)].payload.properties.detail).toEqual({ $ref: fileOf(type) });
    }
    expect(Object.keys(messages)).toHaveLength(events.length);
  });
});

describe('the schemas of a release accept what this version publishes', () => {
  const [major] = version.split('.');
  const released = readdirSync(new URL('released/', FOLDER)).filter((name) => name.startsWith(`${major}.`));

  test('there is one', () => expect(released).not.toEqual([]));

  test.each(released)('%s', (name) => {
    const before: Record<string, Record<string, unknown>> = JSON.parse(read(`released/${name}`));
    for (const [type, schema] of Object.entries(before)) {
      const found = events.find(([one]) => one === type);
      expect(found, `${type} is published no more`).toBeDefined();
      expect(breaks(schema, JSON.parse(read(fileOf(type)))), type).toEqual([]);
      const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
      expect(found && validate(exampleDetail(...found)), JSON.stringify(validate.errors)).toBe(true);
    }
  });

  test.each([
    ['a field that went away', { properties: {}, required: [] }, ['a can be absent']],
    [
      'a field that can be null',
      { properties: { a: { type: ['string', 'null'], enum: ['x', null] } } },
      ['a has values that are not in the closed list', 'a can be null'],
    ],
    [
      'a new value of a closed list',
      { properties: { a: { type: 'string', enum: ['x', 'y', 'z'] } } },
      ['a has values that are not in the closed list'],
    ],
    [
      'an opened list',
      { properties: { a: { type: 'string' } } },
      ['a has values that are not in the closed list'],
    ],
    ['a new field', { properties: { a: { type: 'string', enum: ['x'] }, b: {} }, required: ['a', 'b'] }, []],
  ])('%s is judged', (_, current, found) => {
    const before = {
      type: 'object',
      properties: { a: { type: 'string', enum: ['x', 'y'] } },
      required: ['a'],
    };
    expect(breaks(before, { ...before, ...current })).toEqual(found);
  });
});

describe.each(events)('%s', (type, event) => {
  const schema = JSON.parse(read(fileOf(type)));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  const detail = exampleDetail(type, event);

  test('has an example that fits both schemas', () => {
    expect(event.schema.parse(event.example)).toEqual(event.example);
    expect(validate(detail), JSON.stringify(validate.errors)).toBe(true);
    expect(validate(event.example)).toBe(false);
    expect(validate({ ...detail, type: 'Another Type' })).toBe(false);
    expect(schema.$id).toBe(schemaId(type));
    expect(read('README.md')).toContain(`### ${type}\n`);
  });

  test('does not fit either schema if a field is missing or has another type', () => {
    for (const name of Object.keys(event.example)) {
      const { [name]: _, ...lacking } = detail;
      for (const wrong of [lacking, { ...detail, [name]: { of: 'another kind' } }]) {
        expect(validate(wrong), name).toBe(false);
        expect(event.schema.safeParse(wrong).success, name).toBe(false);
      }
    }
  });

  test('accepts additional fields', () => {
    expect(validate({ ...detail, new_field: true })).toBe(true);
  });
});

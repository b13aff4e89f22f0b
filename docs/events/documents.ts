import { readFileSync } from 'node:fs';
import { domainEvents, eventEnvelope } from '../../core/domain/events/domain-events.ts';
import { EVENT_SOURCE } from '../../core/events/source.ts';
import { version } from '../../lib/configuration/version.ts';
import { events } from './catalogue.ts';
import { CLOSED_FIELDS, FIELD_MEANINGS } from './fields.ts';
import { exampleDetail, listedValues, schemaOf, slugOf, withoutTexts } from './schemas.ts';

type Json = Record<string, unknown>;

const fileOf = (type: string) => `schemas/${slugOf(type)}.schema.json`;

/** The fields that each event about a transaction has. */
const COMMON = new Set([
  ...Object.keys(domainEvents['Transaction Completed'].shape),
  ...Object.keys(eventEnvelope.shape),
]);

function readme(schemas: readonly Json[]): string {
  return `${[
    '# Events',
    '<!-- Generated: change introduction.md, catalogue.ts, fields.ts or the schemas in core/domain, then run npm run event-docs. -->',
    read('introduction.md')
      .trim()
      .replace('{{newest-state}}', `\`\`\`ts\n${read('examples/newest-state.ts').trim()}\n\`\`\``)
      .replace('{{example}}', json(exampleEvent())),
    '## Types',
    ...events.map(([type, { when }], index) => section(type, when, schemas[index] ?? {})),
    '## Fields',
    'A field means the same in every event. The values of a closed list are all that a major version has. New values can be added to an\nopen list, so a program needs a default.',
    fieldTable(schemas),
  ].join('\n\n')}\n`;
}

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8');
}

function json(value: unknown): string {
  return `\`\`\`json\n${formatted(value)}\n\`\`\``;
}

/** An event as EventBridge delivers it. */
function exampleEvent(): Json {
  const [type, event] = events.find(([one]) => one === 'Redraw Stale') ?? [];
  if (!type || !event) throw new Error('There is no example.');
  return {
    version: '0',
    id: '17793124-05d4-b198-2fde-7ededc63b103',
    'detail-type': type,
    source: EVENT_SOURCE,
    account: '111122223333',
    time: '2026-03-12T14:00:00Z',
    region: 'us-east-1',
    resources: [],
    detail: exampleDetail(type, event),
  };
}

function section(type: string, when: string, { properties, required }: Json): string {
  const names = Object.keys(properties as Json);
  const isCommon = [...COMMON].every((name) => names.includes(name));
  const own = names.filter((name) => !isCommon || !COMMON.has(name)).map((name) => `\`${name}\``);
  const intro = isCommon ? 'Beside the common fields' : 'Fields';
  const fields = own.length > 0 ? ` ${intro}: ${own.join(', ')}.` : '';
  if ((required as string[]).length !== names.length) throw new Error(`${type} has optional fields.`);
  return `### ${type}\n\n${when}${fields} [Schema](${fileOf(type)})`;
}

function fieldTable(schemas: readonly Json[]): string {
  const values = listedValues(events.map(([, event]) => event));
  const used = new Set(schemas.flatMap((schema) => [...namesIn(schema)]));
  const rows = Object.entries(FIELD_MEANINGS)
    .filter(([name]) => used.has(name))
    .map(([name, meaning]) => {
      const listed = [...(values.get(name) ?? [])].map((value) => `\`${value}\``).join(', ');
      const list = listed && `${CLOSED_FIELDS.has(name) ? 'closed' : 'open'}: ${listed}`;
      return `| \`${name}\` | ${meaning} | ${list} |`;
    });
  return ['| Field | Meaning | Values |', '| --- | --- | --- |', ...rows].join('\n');
}

function* namesIn(schema: unknown): Iterable<string> {
  if (typeof schema !== 'object' || schema === null) return;
  for (const [key, inner] of Object.entries(schema)) {
    if (key === 'examples') continue;
    if (key === 'properties') yield* Object.keys(inner as Json);
    yield* namesIn(inner);
  }
}

/** AsyncAPI 3.0: https://www.asyncapi.com/docs/reference/specification/v3.0.0 */
function asyncApi(): Json {
  const messages = Object.fromEntries(events.map(([type, { when }]) => [slugOf(type), message(type, when)]));
  const named = (prefix: string) => (type: string) => ({ $ref: `${prefix}/${slugOf(type)}` });
  const types = events.map(([type]) => type);
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'redraw-tracker events',
      version,
      description: 'Events about order transactions and their redraws, on an Amazon EventBridge bus.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      bus: {
        address: null,
        title: 'The event bus',
        description: 'The bus that the output EventBusName of the stack names.',
        messages: Object.fromEntries(
          types.map((type) => [slugOf(type), named('#/components/messages')(type)]),
        ),
      },
    },
    operations: {
      publish: {
        action: 'send',
        channel: { $ref: '#/channels/bus' },
        messages: types.map(named('#/channels/bus/messages')),
      },
    },
    components: { messages },
  };
}

function message(type: string, when: string): Json {
  return {
    name: type,
    title: type,
    summary: when.replaceAll(/[`[\]]|\(\S+\)/g, ''),
    payload: {
      type: 'object',
      properties: {
        source: { const: EVENT_SOURCE },
        'detail-type': { const: type },
        detail: { $ref: fileOf(type) },
      },
      required: ['source', 'detail-type', 'detail'],
    },
  };
}

const LINE = 110;

/** JSON in which what fits on a line is on one. @param taken how much of the line is: what is before the value, and a comma after it */
export function formatted(value: unknown, indent = '', taken = 0): string {
  const line = onOneLine(value);
  if (typeof value !== 'object' || value === null || taken + line.length <= LINE) return line;
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    const comma = (at: number) => (at < value.length - 1 ? 1 : 0);
    const items = value.map((one, at) => `${inner}${formatted(one, inner, inner.length + comma(at))}`);
    return `[\n${items.join(',\n')}\n${indent}]`;
  }
  const fields = Object.entries(value).map(([key, one], at, { length }) => {
    const name = `${inner}${JSON.stringify(key)}: `;
    return `${name}${formatted(one, inner, name.length + (at < length - 1 ? 1 : 0))}`;
  });
  return `{\n${fields.join(',\n')}\n${indent}}`;
}

function onOneLine(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(onOneLine).join(', ')}]`;
  const fields = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${onOneLine(one)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}

/** Every generated file of this folder, by its name. */
export function documents(): Map<string, string> {
  const schemas = events.map(([type, event]) => [type, schemaOf(type, event)] as const);
  const files = schemas.map(([type, schema]) => [fileOf(type), `${formatted(schema)}\n`] as const);
  return new Map([
    ...files,
    ['asyncapi.json', `${formatted(asyncApi())}\n`],
    ['README.md', readme(schemas.map(([, schema]) => schema))],
  ]);
}

/** What a release promises about the schemas of its events: a file with its version, and its text. */
export function release(): readonly [string, string] {
  const schemas = events.map(([type, event]) => [type, withoutTexts(schemaOf(type, event))]);
  const lines = schemas.map(([type, schema]) => `${JSON.stringify(type)}:${JSON.stringify(schema)}`);
  return [`released/${version}.json`, `{\n${lines.join(',\n')}\n}\n`];
}

import * as z from 'zod';
import { domainEvents, type EventType } from '../../core/domain/transaction/domain-events.ts';
import { catalogue } from './catalogue.ts';

/** What fields mean whose name does not say it all, in whichever event they stand. */
const MEANINGS: Readonly<Record<string, string>> = {
  id: 'The same whenever the same event is delivered again: go by it to take each event once.',
  time: 'The newest fact known to the transaction when it happened, RFC 3339 UTC.',
  revision:
    'Grows with every change of the transaction: of two events about it, the greater is the newer. It begins again at 1 ' +
    'where a transaction went and came back.',
  outcome: 'What the status means for the results.',
  redraw: 'The redraw as it stands since; null where there is none.',
  stage: 'What an open redraw waits for; null for one that is not open.',
  due_at: 'When an open redraw is due to have moved on.',
  stale_since: 'The time of the sweep that flagged it; null while it is not flagged.',
  unchecked: 'Whether it was flagged although Junction could not be asked for a day.',
  missing_results: 'The markers without a result.',
  left_out: 'Redraws counted but not listed.',
};

const types = Object.keys(domainEvents) as EventType[];

const fileOf = (type: EventType) => `${type.toLowerCase().replaceAll(' ', '-')}.schema.json`;

type Json = Record<string, unknown>;

/** The JSON schema of an event's detail. Fields may be added, so others than these are allowed. */
function schemaOf(type: EventType): Json {
  const { $schema, ...schema } = z.toJSONSchema(domainEvents[type], { io: 'input' }) as Json;
  const description = `${catalogue[type].when.replaceAll(/[`[\]]|\(\S+\)/g, '')}`;
  return { $schema, title: type, description, ...(explained(schema) as Json) };
}

function explained(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(explained);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === 'properties' ? withMeanings(inner as Json) : explained(inner),
    ]),
  );
}

function withMeanings(properties: Json): Json {
  return Object.fromEntries(
    Object.entries(properties).map(([name, schema]) => {
      const description = MEANINGS[name];
      return [name, { ...(description ? { description } : {}), ...(explained(schema) as Json) }];
    }),
  );
}

function readme(): string {
  const sections = types.map((type) =>
    [
      `### ${type}`,
      catalogue[type].when,
      `Schema: [${fileOf(type)}](${fileOf(type)})`,
      ['```json', formatted(catalogue[type].example), '```'].join('\n'),
    ].join('\n\n'),
  );
  const links = types.map((type) => `- [${type}](#${type.toLowerCase().replaceAll(' ', '-')})`);
  return `${[
    '# Events',
    '<!-- Written by docs/events/generate.ts; change catalogue.ts or the schemas, then run it again. -->',
    [
      'What happens to transactions is told on the event bus that the stack outputs as `EventBusName`. Every event has the',
      'source `redraw-tracker`, its kind as the detail type, and in its detail ids and states of the transaction: no name,',
      'birth date, address, phone or e-mail of a patient. The note of an acknowledgement is what an operator wrote.',
    ].join('\n'),
    [
      '- **At least once.** An event can come again, with the same `id`. The bus of AWS keeps no order: of two events about',
      '  one transaction, the one with the greater `revision` is the newer, and shows how the transaction stands.',
      '- **An id is used once.** Where payloads contradict each other, a transaction can lose all its orders to another, which',
      '  makes it go without a word of its own, and be named again later. It then begins again at revision 1; its events',
      '  have ids that none had before.',
      '- **Nothing is lost silently.** What cannot be told is tried again; what keeps failing is kept whole in a bucket, and',
      '  an alarm goes off ([runbook.md](../runbook.md)).',
      '- **Schemas grow.** Fields may be added, and so may values of `code`; what is there keeps its meaning.',
      '- **A transaction can get its name late.** An order that names no transaction stands alone under its own id. When it',
      '  moves to the real one, that one tells what is new to it: a redraw flagged before is told as stale once more, now',
      '  under the id that stays.',
    ].join('\n'),
    'A rule that takes one kind:',
    ['```json', formatted({ source: ['redraw-tracker'], 'detail-type': ['Redraw Stale'] }), '```'].join('\n'),
    links.join('\n'),
    ...sections,
  ].join('\n\n')}\n`;
}

/** JSON as the formatter of this repository has it: lists of plain values in one line where they fit. */
function formatted(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(
    /^( *)(.*)\[\n\s+((?:[^[\]{}]|\n)*?)\n\s+\]/gm,
    (whole, indent: string, before: string, inner: string) => {
      const line = `${indent}${before}[${inner.split(/\n\s+/).join(' ')}]`;
      return line.length <= 109 ? line : whole;
    },
  );
}

/** Every file of this folder that is made and not written, by its name. */
export function documents(): Map<string, string> {
  const schemas = types.map((type) => [fileOf(type), `${formatted(schemaOf(type))}\n`] as const);
  return new Map([...schemas, ['README.md', readme()]]);
}

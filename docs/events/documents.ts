import * as z from 'zod';
import { type EventMarks, eventMarks } from '../../core/domain/events/domain-events.ts';
import { EVENT_SOURCE } from '../../core/events/source.ts';
import type { EventDocument } from '../capabilities.ts';
import { events } from './catalogue.ts';

/** Meanings of event fields whose names are not self-explanatory. */
const MEANINGS: Readonly<Record<string, string>> = {
  id: 'Stays the same if the event is delivered again. Use it to process each event once.',
  correlation_id:
    'The cause of the change: the svix-id of a webhook, or the ID of an API request or a scheduled run. Log lines have the same ID.',
  time: 'The time of the newest fact that the transaction had when the event happened, in RFC 3339 format, UTC.',
  revision:
    'Increases with every change of the transaction. Of two events about a transaction, the one with the greater revision is newer.',
  outcome: 'What the status means for the results.',
  redraw: 'The redraw after the change; null if there is none.',
  stage: 'What an open redraw is waiting for; null if it is not open.',
  due_at: 'The time at which the current stage of an open redraw is due to end.',
  stale_since: 'The time of the sweep that flagged it. Null if it is not flagged.',
  unchecked: 'Whether it was flagged without confirmation by Junction.',
  unchecked_reason:
    'Why Junction did not confirm it: no_answer (Junction did not respond for a day), no_key (no API key is configured) or no_key_for_team (the API key belongs to another team). Null if Junction confirmed it.',
  missing_results: 'The markers without a result.',
  decision_code: 'Why Junction could not match the result with certainty.',
  report: 'What Junction reported: partial or final results, and when it last fetched them from the lab.',
  opened_at: 'The time at which the first report that the acknowledgement covers arrived.',
  historical:
    'Whether everything behind the event happened before the service watched, for example because an import brought it. Do not act on such an event.',
  watch_only: 'Whether the deployment only watches, so that nobody is to act on its events yet.',
  left_out: 'The number of redraws that are counted but not listed.',
};

/** The marks of the examples. */
const UNMARKED: EventMarks = { historical: false, watch_only: false };

const fileOf = (type: string) => `schemas/${type.toLowerCase().replaceAll(' ', '-')}.schema.json`;

type Json = Record<string, unknown>;

/** The JSON schema of an event's detail. Fields may be added, so others than these are allowed. */
function schemaOf(type: string, { schema: ofDetail, when }: EventDocument): Json {
  const { $schema, ...schema } = z.toJSONSchema(ofDetail, { io: 'input' }) as Json;
  const marks = z.toJSONSchema(eventMarks, { io: 'input' });
  const properties = { ...(schema.properties as Json), ...marks.properties };
  const required = [...(schema.required as string[]), ...(marks.required ?? [])];
  const description = `${when.replaceAll(/[`[\]]|\(\S+\)/g, '')}`;
  return { $schema, title: type, description, ...(explained({ ...schema, properties, required }) as Json) };
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
  const sections = events.map(([type, { when, example }]) =>
    [
      `### ${type}`,
      when,
      `Schema: [${fileOf(type)}](${fileOf(type)})`,
      ['```json', formatted({ ...example, ...UNMARKED }), '```'].join('\n'),
    ].join('\n\n'),
  );
  const links = events.map(([type]) => `- [${type}](#${type.toLowerCase().replaceAll(' ', '-')})`);
  return `${[
    '# Events',
    '<!-- Generated: change catalogue.ts or the schemas in core/domain, then run npm run event-docs. -->',
    [
      'Changes of transactions are published on the event bus (output `EventBusName` of the stack). Every event has the source',
      '`redraw-tracker` and its type as the detail type. Its detail contains IDs and states of the transaction, but no name, birth date,',
      'address, phone number or email address of a patient. What an operator wrote, in a note or with an acknowledgement, is not in them.',
    ].join('\n'),
    [
      '- **At least once.** An event can be delivered again with the same `id`. EventBridge does not preserve the order. Of two events',
      '  about one transaction, the one with the greater `revision` is newer and shows the current state.',
      '- **Ids are never reused.** Two different events never have the same `id`.',
      '- **Nothing is lost silently.** An event that cannot be published is retried. If it keeps failing, its record is kept whole in',
      '  a bucket, and an alarm goes off ([runbook.md](../operations/runbook.md)).',
      '- **Schemas can be extended.** New fields and new values of `code` can be added. Existing ones keep their meaning.',
      '- **The ID of a transaction can change.** An order without a transaction is in a provisional transaction under its own ID. When',
      '  it moves to its real transaction, that transaction publishes what is new to it. For example, a redraw that was already',
      '  flagged is reported as stale again, under the final ID.',
      '- **Nothing is published that a known order can refute.** While a transaction lacks an order that Junction has named, its changes',
      '  are kept back. Then the difference from what was last published is published, at the latest by the first sweep after fifteen',
      '  minutes ([state-model.md](../state-model.md#incomplete)). Critical results do not wait.',
      '- **History is marked.** `historical` is true if every fact behind the event is dated before the deployment began to watch',
      '  ([adopting.md](../adopting.md)), whoever delivered it: an import, the first poll, or a late webhook. That a clock runs out later is',
      '  new. With the setting `historicalEvents: withheld`, such events are not published, except `Insight Changed`. `watch_only` is true',
      '  while the deployment [only watches](../adopting.md#watch-only). A rule that acts asks for both: `"detail": { "historical": [false],',
      '  "watch_only": [false] }`.',
      '- **`Deployment Verified`** is the test event of `npx redraw-tracker verify` ([deploy.md](../deploy.md#verifying)). It has an `id` and a',
      '  `time`, and does not refer to a transaction. `Operator Topics Tested` is another one. A rule that lists its detail types never',
      '  receives them.',
    ].join('\n'),
    'A rule for one event type:',
    ['```json', formatted({ source: [EVENT_SOURCE], 'detail-type': ['Redraw Stale'] }), '```'].join('\n'),
    links.join('\n'),
    ...sections,
  ].join('\n\n')}\n`;
}

/** JSON as formatted in this repository: lists of plain values are on one line if they fit. */
function formatted(value: unknown): string {
  return JSON.stringify(value, null, 2).replaceAll(
    /^( *)(.*)\[\n\s+((?:[^[\]{}]|\n)*?)\n\s+\]/gm,
    (whole, indent: string, before: string, inner: string) => {
      const line = `${indent}${before}[${inner.split(/\n\s+/).join(' ')}]`;
      return line.length <= 109 ? line : whole;
    },
  );
}

/** Every generated file of this folder, by its name. */
export function documents(): Map<string, string> {
  const schemas = events.map(
    ([type, event]) => [fileOf(type), `${formatted(schemaOf(type, event))}\n`] as const,
  );
  return new Map([...schemas, ['README.md', readme()]]);
}

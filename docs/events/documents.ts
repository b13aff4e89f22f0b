import * as z from 'zod';
import { domainEvents, type EventType } from '../../core/domain/events/domain-events.ts';
import { EVENT_SOURCE } from '../../core/events/source.ts';
import { catalogue } from './catalogue.ts';

/** What fields mean whose names do not say everything, in any event. */
const MEANINGS: Readonly<Record<string, string>> = {
  id: 'The same whenever the same event is delivered again: use it to process each event once.',
  correlation_id:
    'What caused the change: the svix-id of a webhook, or the id of an API request or of a scheduled run. Log lines have the same id.',
  time: 'The newest fact known to the transaction when it happened, RFC 3339 UTC.',
  revision:
    'Grows with every change of the transaction: of two events about it, the one with the greater revision is newer.',
  outcome: 'What the status means for the results.',
  redraw: 'The redraw after the change; null if there is none.',
  stage: 'What an open redraw is waiting for; null if it is not open.',
  due_at: 'When the current stage of an open redraw is due to be over.',
  stale_since: 'The time of the sweep that flagged it; null while it is not flagged.',
  unchecked: 'Whether it was flagged although Junction did not confirm it.',
  unchecked_reason:
    'Why Junction did not confirm it: no_answer for a day, or no_key for its API, so that nobody could ask. Null if it did.',
  missing_results: 'The markers without a result.',
  decision_code: 'Why Junction could not match the result with certainty.',
  report: 'What Junction reported: partial or final results, and when it last fetched them from the lab.',
  opened_at: 'When the first report arrived that the acknowledgement is about.',
  left_out: 'Redraws counted but not listed.',
};

const types = Object.keys(domainEvents) as EventType[];

const fileOf = (type: EventType) => `schemas/${type.toLowerCase().replaceAll(' ', '-')}.schema.json`;

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
    '<!-- Generated: change catalogue.ts or the schemas in core/domain, then run npm run event-docs. -->',
    [
      'Changes of transactions are published on the event bus, the output `EventBusName` of the stack. Every event has the source',
      '`redraw-tracker` and its kind as the detail type. Its detail has ids and states of the transaction: no name, birth date,',
      'address, phone number or e-mail address of a patient. The note of an acknowledgement is what an operator wrote.',
    ].join('\n'),
    [
      '- **At least once.** An event can arrive again with the same `id`. EventBridge keeps no order: of two events about one',
      '  transaction, the one with the greater `revision` is the newer one and shows the current state.',
      '- **Ids are never reused.** Two different events never have the same `id`.',
      '- **Nothing is lost silently.** An event that cannot be published is tried again. If it keeps failing, it is kept whole in',
      '  a bucket and an alarm goes off ([runbook.md](../operations/runbook.md)).',
      '- **Schemas grow.** New fields, and new values of `code`, can be added. Existing ones keep their meaning.',
      '- **A transaction can change its id.** An order without a transaction is alone under its own id. When it moves to its',
      '  real transaction, that one publishes what is new to it: a redraw that was flagged before is reported as stale again,',
      '  under the id that stays.',
      '- **`Deployment Verified`** is the test event of `npm run verify` ([deploy.md](../deploy.md#verifying)). It has an `id` and a',
      '  `time`, and is about no transaction. A rule that names its detail types never gets it.',
    ].join('\n'),
    'A rule for one kind of event:',
    ['```json', formatted({ source: [EVENT_SOURCE], 'detail-type': ['Redraw Stale'] }), '```'].join('\n'),
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

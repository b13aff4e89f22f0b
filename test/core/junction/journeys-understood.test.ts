/** Every webhook of every journey can be read in every spelling, with the order that it is about. */
import { describe, expect, test } from 'vitest';
import { readWebhook, type WebhookMessage } from '../../../core/junction/webhook-message.ts';
import { SCRIPTS } from '../../../tools/sandbox/journeys/catalogue.ts';
import { journey, journeys, type Snapshot } from '../../../tools/sandbox/journeys/journeys.ts';
import type { Spelling } from '../../../tools/sandbox/journeys/spellings.ts';

const RECEIVED_AT = '2026-06-01T00:00:00.000000Z';

function read({ payload }: Snapshot): WebhookMessage {
  return readWebhook(JSON.stringify(payload), RECEIVED_AT);
}

/** The possible kinds of message for a webhook of this type. */
function kindOf(eventType: string): WebhookMessage['kind'] {
  if (/^labtest\.order\.|^order_status_updated$/.test(eventType)) return 'order';
  if (eventType.startsWith('labtest.appointment.')) return 'appointment';
  if (eventType === 'labtest.result.critical') return 'critical_result';
  return eventType.startsWith('labtest.match_review.') ? 'match_review' : 'untracked';
}

function orderOf(message: WebhookMessage): string | null {
  if (message.kind === 'order') return message.facts.id;
  if (message.kind === 'appointment') return message.facts.orderId;
  return message.kind === 'critical_result' ? message.orderId : null;
}

function expectUnderstood(snapshots: readonly Snapshot[]): void {
  expect(snapshots.length).toBeGreaterThan(0);
  for (const snapshot of snapshots) {
    const message = read(snapshot);
    expect([snapshot.eventType, message]).toMatchObject([
      snapshot.eventType,
      { kind: kindOf(snapshot.eventType) },
    ]);
    expect(orderOf(message)).toBe(snapshot.orderId);
  }
}

const SPELLINGS: [string, Partial<Spelling> | 'documented' | 'mixed'][] = [
  ['as documented', 'documented'],
  ['a null transaction', { transaction: 'null' }],
  ['no transaction', { transaction: 'missing' }],
  ["the API's names in the transaction", { transaction: 'api_names' }],
  ['null statuses in the transaction', { transaction: 'null_statuses' }],
  ['a null status', { status: 'null' }],
  ['no status', { status: 'missing' }],
  ['no last event', { lastEvent: 'missing' }],
  ['no events', { events: 'missing' }],
  ['an old updated_at', { updatedAt: 'older' }],
  ['a constant updated_at', { updatedAt: 'constant' }],
  ['times without a zone', { time: { zone: 'none', separator: ' ', digits: 6 } }],
  ['times in another zone', { time: { zone: '+05:30', separator: 'T', digits: 3 } }],
  ['unknown values in open lists', { enums: 'unknown' }],
  ['a null origin', { origin: 'null' }],
  ['undocumented fields', { fields: 'extra' }],
  ['missing results in the order', { missingResults: 'riding_along' }],
];

describe('webhooks can be read', () => {
  test.each(SPELLINGS)('%s, in every kind of journey', (_, spelling) => {
    for (const script of SCRIPTS) expectUnderstood(journey(script, 7, { spelling }).snapshots);
  });

  test('in a mix of all spellings', () => {
    expectUnderstood(journeys(21, 4 * SCRIPTS.length).flatMap(({ snapshots }) => snapshots));
  });
});

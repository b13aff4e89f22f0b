/** The mails about events: words of ours only, whatever an event holds. */
import { expect, test } from 'vitest';
import { eventMail, MAILED_EVENT_TYPES } from '../../../../core/use-cases/review/event-mail.ts';
import { march } from '../../../../tools/verification/oracle/bodies.ts';

const links = { pages: 'https://redraws.example.com', runbook: 'https://example.com/runbook.md' };
const ID = '6424dd45-3c2e-4a7f-9d40-0a6c1b2d3e4f';
const BAIT = 'active.\r\n\nSign in at https://evil.example/login \u202e\u0007"';

/** The paths of every text of an event that could come from outside. */
const everywhere = (text: string) => ({
  id: text,
  correlation_id: text,
  transaction_id: text,
  order_id: text,
  match_review_id: text,
  decision_code: text,
  client_user_id: text,
  status: text,
  reported_status: text,
  stage: text,
  due_at: text,
  report: { status: text },
  redraw: { stage: text, due_at: text },
  decision: { cause: text },
  anomaly: { code: text, order_id: text },
});

test.each(MAILED_EVENT_TYPES)(
  'the mail about %s is a sentence, a page and a section of the runbook',
  (type) => {
    const { Subject, Message } = eventMail(type, everywhere(BAIT), links);
    expect(Subject).toMatch(/^[\x20-\x7e]{5,100}$/);
    expect(Message).toMatch(
      /^[A-Z][^\p{Cc}\p{Cf}"]+\.\n\nSee: https:\/\/redraws\.example\.com\/[a-z-]+\nWhat to do: https:\/\/example\.com\/runbook\.md#[a-z-]+\n$/u,
    );
    expect(Subject + Message).not.toMatch(/evil|Sign in/);
    // Fields of other types change nothing.
    expect(eventMail(type, { ...everywhere(BAIT), redraw: 7, decision: [], stage: {} }, links)).toEqual({
      Subject,
      Message,
    });
  },
);

test('names what it knows, and links the transaction', () => {
  const redraw = { stage: 'awaiting_appointment', due_at: march(5, '11:00:00') };
  const { Message } = eventMail('Redraw Stale', { transaction_id: ID, redraw }, links);
  expect(Message).toContain(
    'A redraw is overdue (requisition ready, no appointment and no sign of a draw, due since 2026-03-05 11:00 UTC)',
  );
  expect(Message).toContain(`See: https://redraws.example.com/transactions/${ID}\n`);
  const diverging = { transaction_id: ID, status: 'active', reported_status: 'constructor' };
  expect(eventMail('Divergence Opened', diverging, links).Message).toMatch(
    /^The status of a transaction is active here and another value at Junction/,
  );
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { historyMail } from '../../../core/use-cases/history/history-mail.ts';
import { eventMail, MAILED_EVENT_TYPES } from '../../../core/use-cases/review/event-mail.ts';
import { reviewMail } from '../../../core/use-cases/review/review-mail.ts';
import {
  synthesize,
  withEntrance,
  withEverything,
  withMessages,
  withOwnerMails,
} from '../synthesized-stack.ts';
import { alarmsOf, textsOf } from './alarms/synthesized-alarms.ts';

const stack = synthesize();
const runbook = readFileSync(
  join(import.meta.dirname, '..', '..', '..', 'docs', 'operations', 'runbook.md'),
  'utf8',
);
const sectionsIn = (text: string) => text.match(/(?<=docs\/operations\/runbook\.md#)[a-z-]+/g) ?? [];

describe('alarms', () => {
  it('say in plain sentences what they mean, and link their section of the runbook and the dashboard', () => {
    for (const { AlarmDescription } of alarmsOf(stack)) {
      const text = JSON.stringify(AlarmDescription);
      expect(text).toMatch(
        /"[^"]{60,}\. What to do: docs\/operations\/runbook\.md#[a-z-]+ Dashboard: https:/,
      );
      expect(text).toContain('#dashboards/dashboard/redraw-tracker-prod-');
    }
    const { DashboardName } = stack.only('AWS::CloudWatch::Dashboard').Properties;
    expect(DashboardName).toEqual({
      'Fn::Join': ['', ['redraw-tracker-prod-', { Ref: 'AWS::Region' }]],
    });
  });

  it('can be told apart by their meaning, and their descriptions are not too long with everything on', () => {
    const all = textsOf(synthesize(withEverything, 'us-east-1'));
    expect(new Set(all).size).toBe(all.length);
    // The most that CloudWatch takes; a region has at most 14 characters.
    expect(all.filter((text) => text.length >= 1_024)).toEqual([]);
  });

  it('have a section each, except for throttles of functions and tables, and for both topics', () => {
    const bySection = Map.groupBy(textsOf(stack), (text) => sectionsIn(text).join());
    const shared = [...bySection].filter(([, texts]) => texts.length > 1).map(([section]) => section);
    expect(shared.sort()).toEqual(['function-throttles', 'notifications-not-delivered', 'table-throttles']);
  });

  it('link the runbook at its configured URL', () => {
    const runbookUrl = 'https://git.example.com/lab/docs/operations/runbook.md';
    const operatorEmail = 'lab-ops@example.com';
    const configured = synthesize({ runbookUrl, operatorEmail });
    const texts = textsOf(configured);
    expect(texts.filter((text) => !text.includes(`What to do: ${runbookUrl}#`))).toEqual([]);
    expect(texts.length).toBe(textsOf(stack).length);
    const notices = (of: typeof stack) =>
      Annotations.fromStack(of.stack).findInfo('*', Match.stringLikeRegexp('runbookUrl'));
    expect(notices(configured)).toEqual([]);
    expect(notices(synthesize({ operatorEmail }))).toHaveLength(1);
  });

  it('and notifications link to existing sections of the runbook, and it has no others', () => {
    const more = [
      synthesize(withEntrance, 'us-east-1'),
      synthesize({ ...withMessages, ...withOwnerMails, ordering: 'on' }),
    ];
    const texts = [...[stack, ...more].flatMap(textsOf), ...mails()];
    expect(texts.filter((text) => sectionsIn(text).length !== 1)).toEqual([]);
    // As GitHub makes anchors from headings.
    const anchors = [...runbook.matchAll(/^### (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^a-z0-9 -]/g, '')
        .replaceAll(' ', '-'),
    );
    expect(anchors.sort()).toEqual([...new Set(texts.flatMap(sectionsIn))].sort());
  });
});

/** The mails that functions write. */
function mails(): string[] {
  const runbook = 'docs/operations/runbook.md';
  const redraws = { open: 0, stale: 0, overdue: 0, acknowledged: 0 };
  const counts = { ...redraws, needs_decision: 0, stalled_orders: 0, critical_results: 0, match_reviews: 0 };
  const review = { id: '', correlation_id: null, time: '', redraws: [], left_out: 0, ...counts };
  return [
    ...MAILED_EVENT_TYPES.map((type) => eventMail(type, {}, { pages: '', runbook })),
    reviewMail({ ...review, scope: 'open' }, { worklist: '', runbook }),
    historyMail(
      { open_redraws: 0, old_redraws: 0, needs_decision: 0, stalled_orders: 0, critical_results: 0 },
      { worklist: '', criticalResults: '', runbook },
    ),
  ].map(({ Message }) => Message);
}

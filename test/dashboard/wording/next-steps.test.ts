import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CAUSES } from '../../../core/domain/next-step/cause.ts';
import { SITUATIONS } from '../../../core/domain/next-step/situation.ts';
import { adviceFor } from '../../../dashboard/src/wording/next-steps.ts';

const step = { order_id: null, actions: [], cause: null };

test('docs/redraw-worklist.md has every text', () => {
  const page = readFileSync('docs/redraw-worklist.md', 'utf8');
  for (const situation of SITUATIONS) {
    const { text, short } = adviceFor({ ...step, situation }, {});
    expect(page).toContain(`| \`${situation}\` | ${short} | ${text} |`);
  }
  for (const cause of CAUSES) {
    const { text } = adviceFor({ ...step, situation: 'drawn', cause }, { drawn: '' });
    expect(page).toContain(`| \`${cause}\` | ${text.trim()} |`);
  }
});

test('a deployment can replace each text alone', () => {
  const failed = { ...step, situation: 'sample_failed', cause: 'sample_hemolyzed' } as const;
  const own = {
    sample_failed: 'Write to us.',
    'sample_failed.short': 'Write',
    sample_hemolyzed: 'Be gentle.',
  };
  expect(adviceFor(failed, own)).toEqual({ text: 'Write to us. Be gentle.', short: 'Write' });
  const standard = adviceFor(failed, {});
  expect(adviceFor(failed, { 'sample_failed.short': 'Write' })).toEqual({ ...standard, short: 'Write' });
});

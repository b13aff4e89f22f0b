import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDemoProgress } from '../../../local/console/demo-progress.ts';

it('resumes an interrupted demo, and does not restart a finished one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'redraw-tracker-demo-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'demo.json');
  const first = openDemoProgress(file);
  expect(first).toMatchObject({ isUnfinished: false, sentBefore: 0 });
  first.sent(12);
  const second = openDemoProgress(file);
  expect(second).toMatchObject({ isUnfinished: true, sentBefore: 12 });
  second.finish();
  expect(openDemoProgress(file)).toMatchObject({ isUnfinished: false, sentBefore: 0 });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { openDemoProgress } from '../../console/demo-progress.ts';

it('resumes an interrupted demo, and does not restart a finished one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'redraw-tracker-demo-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'demo.json');
  const noon = new Date('2026-05-01T12:00:00Z');
  const later = new Date('2026-05-01T12:15:00Z');
  const first = openDemoProgress(file);
  expect(first).toMatchObject({ isUnfinished: false, done: 0, ranUntil: null });
  first.begin();
  expect(openDemoProgress(file)).toMatchObject({ isUnfinished: true, done: 0, ranUntil: null });
  first.step(noon);
  expect(openDemoProgress(file)).toMatchObject({ isUnfinished: true, done: 1, ranUntil: noon });
  const second = openDemoProgress(file);
  second.begin();
  second.ran(later);
  expect(openDemoProgress(file)).toMatchObject({ isUnfinished: true, done: 1, ranUntil: later });
  second.finish();
  const third = openDemoProgress(file);
  expect(third).toMatchObject({ isUnfinished: false, done: 0, ranUntil: null });
  third.begin();
  expect(openDemoProgress(file)).toMatchObject({ isUnfinished: true, done: 0 });
});

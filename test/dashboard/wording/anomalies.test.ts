import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { anomalyCheck, anomalyText } from '../../../dashboard/src/wording/anomalies.ts';
import { humanize } from '../../../dashboard/src/wording/status.ts';

/** The codes in the runbook's section on anomalies, which lists every one. */
function runbookCodes(): string[] {
  const runbook = readFileSync(new URL('../../../docs/operations/runbook.md', import.meta.url), 'utf8');
  const section = runbook.split('### An anomaly was recorded')[1]?.split('\n### ')[0] ?? '';
  const firstCells = section.split('\n').map((line) => /^\| (`.*?) +\|/.exec(line)?.[1] ?? '');
  return firstCells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, code = '']) => code));
}

test('every anomaly has its own wording and something to check', () => {
  const codes = runbookCodes();
  expect(codes).toContain('moved_after_redraw_available');
  expect(codes.filter((code) => anomalyText(code) === humanize(code) || !anomalyCheck(code))).toEqual([]);
});

test('an unknown code is shown in readable form', () => {
  expect(anomalyText('drawn_on_the_moon')).toBe('Drawn on the moon');
  expect(anomalyCheck('drawn_on_the_moon')).toBeNull();
});

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { anomalyQuestion, anomalyText, humanize } from '../../../dashboard/src/wording/status.ts';

/** The codes of the runbook's section on anomalies, which lists them all. */
function codesOfTheRunbook(): string[] {
  const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');
  const section = runbook.split('### An anomaly was recorded')[1]?.split('\n### ')[0] ?? '';
  const firstCells = section.split('\n').map((line) => /^\| (`.*?) +\|/.exec(line)?.[1] ?? '');
  return firstCells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, code = '']) => code));
}

test('every anomaly there is has words and a question of its own', () => {
  const codes = codesOfTheRunbook();
  expect(codes).toContain('moved_after_redraw_available');
  expect(codes.filter((code) => anomalyText(code) === humanize(code) || !anomalyQuestion(code))).toEqual([]);
});

test('one that is not known yet is named as it is', () => {
  expect(anomalyText('born_on_the_moon')).toBe('Born on the moon');
  expect(anomalyQuestion('born_on_the_moon')).toBeNull();
});

import { expect, test } from 'vitest';
import { Progress } from '../progress.ts';

function progress() {
  const lines: string[] = [];
  const stop = new AbortController();
  return { lines, stop, progress: new Progress(stop.signal, (line) => lines.push(line)) };
}

test('prints what a step found', async () => {
  const { lines, progress: steps } = progress();
  await steps.step('Webhooks', 10, async () => '30 of 30 journeys');
  expect(lines).toEqual([expect.stringMatching(/^0:00 {2}ok {6}Webhooks: 30 of 30 journeys \(0\.0 s\)$/)]);
});

test('prints which step failed, and fails with its error', async () => {
  const { lines, progress: steps } = progress();
  await expect(steps.step('Webhooks', 10, () => Promise.reject(new Error('wrong')))).rejects.toThrow('wrong');
  expect(lines).toEqual([expect.stringMatching(/^0:00 {2}FAILED {2}Webhooks/)]);
});

test('ends a step that takes too long', async () => {
  const { progress: steps } = progress();
  await expect(steps.step('Webhooks', 0.01, () => new Promise(() => undefined))).rejects.toThrow(
    'Webhooks took longer than 0.01 s.',
  );
});

test('starts no step after it was stopped', async () => {
  const { stop, progress: steps } = progress();
  stop.abort(new Error('Stopped by SIGINT.'));
  await expect(steps.step('Webhooks', 10, async () => 'done')).rejects.toThrow('Stopped by SIGINT.');
});

import { expect, test } from 'vitest';
import { type ReplayProgress, replayAll } from '../../../../dashboard/src/health/replay-all.ts';
import { replayReport } from '../../../../dashboard/src/health/replay-report.ts';

const applied = { id: 'a', status: 200, outcome: 'applied', reason: null, problem: null } as const;
const kept = { ...applied, id: 'b', outcome: 'quarantined', reason: 'no id' } as const;
const gone = {
  ...applied,
  id: 'c',
  status: 404,
  outcome: null,
  problem: { type: 'about:blank', title: 'Not Found', status: 404, detail: 'It expired.' },
} as const;

/** An API with three pages of results. A page `fails` times before it answers. */
function apiThat({ fails = 0 } = {}) {
  const bodies: unknown[] = [];
  const pages = [
    { results: [applied, applied], next_cursor: '1' },
    { results: [], next_cursor: '2' },
    { results: [kept, gone], next_cursor: null },
  ];
  let failures = fails;
  return {
    bodies,
    json: async <T>(_: string, { body }: { body?: unknown } = {}): Promise<T> => {
      const { cursor } = body as { cursor?: string };
      if (cursor === '1' && failures-- > 0) throw new Error('no answer');
      bodies.push(body);
      return pages[Number(cursor ?? 0)] as T;
    },
  };
}

async function run(
  api: ReturnType<typeof apiThat>,
  from: ReplayProgress,
  stopAfter = Number.POSITIVE_INFINITY,
) {
  const stop = new AbortController();
  let progress = from;
  const failure = await replayAll(api, 'no id', from, stop.signal, (now) => {
    progress = now;
    if (api.bodies.length >= stopAfter) stop.abort();
  }).catch((error: Error) => error.message);
  return { progress, failure };
}

test('follows the cursor to the end, past empty pages, and reports each result', async () => {
  const api = apiThat();
  const { progress } = await run(api, { results: [] });
  expect(api.bodies).toEqual([
    { reason: 'no id' },
    { reason: 'no id', cursor: '1' },
    { reason: 'no id', cursor: '2' },
  ]);
  expect(replayReport(progress)).toEqual({
    type: 'warning',
    header: '2 of 4 webhooks processed',
    lines: ['2: applied', '1: still couldn’t be parsed: no id', '1: not replayed. It expired.'],
  });
});

test('after a failed request it resumes, and replays nothing twice', async () => {
  const api = apiThat({ fails: 1 });
  const first = await run(api, { results: [] });
  expect(first).toMatchObject({ failure: 'no answer', progress: { cursor: '1' } });
  const { progress } = await run(api, first.progress);
  expect(api.bodies).toHaveLength(3);
  expect(progress.results).toEqual([applied, applied, kept, gone]);
});

test('stops between two requests, and says so', async () => {
  const { progress } = await run(apiThat(), { results: [] }, 1);
  expect(replayReport(progress)).toEqual({
    type: 'success',
    header: '2 of 2 webhooks processed. Stopped before the end',
    lines: ['2: applied'],
  });
});

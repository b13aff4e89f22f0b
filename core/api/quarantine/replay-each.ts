import { mapConcurrent } from '../../concurrency/map-concurrent.ts';
import { type Problem, showProblem } from '../../http/problem.ts';
import { replay } from '../../use-cases/quarantine/replay-quarantined.ts';
import type { ReceiveContext } from '../../use-cases/receive-webhook.ts';
import type { ReplayResult } from './answer.ts';

/**
 * Replays each webhook as a request for it alone would. A failure of one does not stop the others.
 *
 * @param problemFor the problem that an error is to the caller
 */
export async function replayEach(
  receive: ReceiveContext,
  ids: readonly string[],
  now: Date,
  problemFor: (error: unknown) => Problem,
): Promise<ReplayResult[]> {
  const results: ReplayResult[] = [];
  await mapConcurrent([...ids.entries()], async ([at, id]) => {
    results[at] = await replayOne(receive, id, now, problemFor);
  });
  return results;
}

async function replayOne(
  receive: ReceiveContext,
  id: string,
  now: Date,
  problemFor: (error: unknown) => Problem,
): Promise<ReplayResult> {
  try {
    const { outcome, reason } = await replay(receive, id, now);
    return { id, status: 200, outcome, reason, problem: null };
  } catch (error) {
    const problem = showProblem(problemFor(error));
    return { id, status: problem.status, outcome: null, reason: null, problem };
  }
}

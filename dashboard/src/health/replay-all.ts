import type { ReplayResults } from '../api/answers.ts';
import type { Api } from '../api/api-client.ts';

/** The progress of replaying all webhooks with one reason. */
export interface ReplayProgress {
  readonly results: ReplayResults['results'];
  /** The cursor of the next request; null at the end. Absent before the first request. */
  readonly cursor?: string | null;
}

/** One request for each step of the replay, up to the end or until `signal` aborts it between two requests. */
export async function replayAll(
  api: Pick<Api, 'json'>,
  reason: string,
  from: ReplayProgress,
  signal: AbortSignal,
  onProgress: (progress: ReplayProgress) => void,
): Promise<void> {
  let progress = from;
  while (progress.cursor !== null && !signal.aborted) {
    const { cursor } = progress;
    const body = cursor === undefined ? { reason } : { reason, cursor };
    // A request that is under way is not aborted: its webhooks would be replayed without being reported.
    const { results, next_cursor } = await api.json<ReplayResults>('/v1/quarantine/replays', {
      method: 'POST',
      body,
    });
    progress = { results: [...progress.results, ...results], cursor: next_cursor };
    onProgress(progress);
  }
}

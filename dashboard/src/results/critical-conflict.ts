import { unlessUnread } from '../alerts/changed-meanwhile.ts';
import type { Order } from '../api/answers.ts';
import { type Api, ApiProblem } from '../api/api-client.ts';
import { relativeTime } from '../time/format.ts';
import { takenText } from '../wording/taken.ts';

/** A critical result as the user saw it. */
export interface SeenCriticalResult {
  readonly orderId: string;
  /** The time of the latest report on the page. A later one isn't acknowledged unseen. */
  readonly latestAt: string | null;
}

/**
 * Why an acknowledgement of a critical result was refused with a conflict, in words; null if that cannot be read. A later report
 * comes first, because it is open.
 */
export async function conflictText(
  api: Pick<Api, 'json'>,
  { orderId, latestAt }: SeenCriticalResult,
  error: Error,
): Promise<string | null> {
  if (!(error instanceof ApiProblem) || error.status !== 409) return null;
  return unlessUnread(async () => {
    const { critical_result: now } = await api.json<Order>(`/v1/orders/${encodeURIComponent(orderId)}`);
    if (now?.state === 'open' && now.latest_at !== null && now.latest_at !== latestAt)
      return `The lab reported another critical result ${ago(now.latest_at)}. Open the results, then acknowledge it.`;
    return now?.acknowledgement
      ? takenText({ kind: 'acknowledged', ...now.acknowledgement }, Date.now())
      : null;
  });
}

const ago = (at: string): string => relativeTime(Date.parse(at), Date.now());

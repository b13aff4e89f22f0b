import type { Notification } from '../alerts/notifications.tsx';
import type { ReplayResults } from '../api/answers.ts';
import { webhookOutcomeText } from './history-series.ts';
import type { ReplayProgress } from './replay-all.ts';

/** The results of replaying several webhooks. */
export interface ReplayReport {
  readonly type: Notification['type'];
  readonly header: string;
  /** Each distinct result, with its count. */
  readonly lines: readonly string[];
}

type Result = ReplayResults['results'][number];

export function replayReport({ results, cursor }: ReplayProgress): ReplayReport {
  const stopped = cursor === null ? '' : '. Stopped before the end';
  if (results.length === 0) {
    const header =
      cursor === null ? 'No webhooks with this reason are waiting any more' : 'No webhook was replayed';
    return { type: 'info', header: `${header}${stopped}`, lines: [] };
  }
  const done = results.filter(isProcessed).length;
  const what = results.length === 1 ? 'webhook' : 'webhooks';
  return {
    type: done === results.length ? 'success' : 'warning',
    header: `${done.toLocaleString('en')} of ${results.length.toLocaleString('en')} ${what} processed${stopped}`,
    lines: counted([...results].sort((one, other) => Number(isProcessed(other)) - Number(isProcessed(one)))),
  };
}

function isProcessed({ outcome }: Result): boolean {
  return outcome !== null && outcome !== 'quarantined';
}

function counted(results: readonly Result[]): string[] {
  const counts = new Map<string, number>();
  for (const result of results) counts.set(textOf(result), (counts.get(textOf(result)) ?? 0) + 1);
  return [...counts].map(([text, count]) => `${count.toLocaleString('en')}: ${text}`);
}

function textOf({ outcome, reason, problem }: Result): string {
  if (problem !== null) return `not replayed. ${problem.detail}`;
  if (outcome === 'quarantined') return `still couldn’t be parsed: ${reason ?? 'no reason given'}`;
  return outcome === null ? 'no answer' : webhookOutcomeText(outcome).toLowerCase();
}

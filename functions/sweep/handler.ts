import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Context } from 'aws-lambda';
import * as z from 'zod/mini';
import { QUICK } from '../../core/aws/client-options.ts';
import { jitteredPause, pauseBetweenWriters } from '../../core/concurrency/retry.ts';
import { censusOf, openRedraws } from '../../core/domain/transaction/counts.ts';
import { clocksOf } from '../../core/environment/clocks.ts';
import { JunctionApi } from '../../core/junction/api.ts';
import { ApiKey } from '../../core/junction/api-key.ts';
import { instant } from '../../core/junction/fields.ts';
import { readCounts } from '../../core/store/counters.ts';
import { openTable } from '../../core/store/table.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import { lookThroughUpdates } from '../../core/use-cases/poll-changed-orders.ts';
import { type SweepReport, sweep } from '../../core/use-cases/sweep.ts';
import { isShown } from '../../core/use-cases/team-visibility.ts';
import { environment } from './env.ts';

const env = environment.parse(process.env);
const apiKey = new ApiKey(new SecretsManagerClient(QUICK), env.JUNCTION_API_KEY_ARN);
const projection = { table: openTable(env.TABLE_NAME), clocks: clocksOf(env), pause: pauseBetweenWriters };
const pauseBetweenRequests = jitteredPause(500, 8_000);

/** What is kept back for finishing what was begun (ms): one transaction with all its retries. */
const RESERVE = 45_000;
/** So old may changes become that Junction was not asked for (ms), before somebody is told. */
const TOO_FAR_BEHIND = 86_400_000;
let saidThatKeyIsMissing = false;

const sweepEvent = z.object({ time: instant });

/** Flags the redraws that are due at the event's time and heals what webhooks were lost of. */
export async function handler(event: unknown, context: Context): Promise<SweepReport> {
  const { time: now } = sweepEvent.parse(event);
  const timeLeft = () => context.getRemainingTimeInMillis() - RESERVE / 3;
  try {
    const sweeping = {
      projection,
      api: await junctionApi(timeLeft),
      hasTime: () => context.getRemainingTimeInMillis() > RESERVE,
      onSkip: (id: string, reason: string) => logger.warn('not checked', { id, reason }),
    };
    const swept = await sweep(sweeping, now);
    const looking = {
      ...{ ...sweeping, table: projection.table },
      ...{ teamId: env.TEAM_ID ?? null, every: env.CHECK_UPDATES },
    };
    const { listed, healed, skipped, behind } = await lookThroughUpdates(looking, now);
    const report = { ...swept, healed: swept.healed + healed };
    logger.info('swept', { time: now, ...report, listed, not_joined: skipped, finished: sweeping.hasTime() });
    count(report, behind);
    await countOpen();
    return report;
  } finally {
    metrics.write();
  }
}

async function junctionApi(timeLeft: () => number): Promise<JunctionApi | null> {
  const key = await apiKey.read(new Date());
  if (key === null) {
    if (!saidThatKeyIsMissing) {
      logger.warn(
        "no key for Junction's API: lost webhooks can't be healed (docs/deploy.md says how to put one)",
      );
    }
    saidThatKeyIsMissing = true;
    return null;
  }
  return new JunctionApi({
    baseUrl: env.JUNCTION_BASE_URL,
    apiKey: key,
    timeLeft,
    pause: pauseBetweenRequests,
  });
}

function count({ due, flagged, healed, skipped }: SweepReport, behind: number): void {
  metrics.count('SweepFinished');
  metrics.count('SweepDue', due);
  metrics.count('SweepFlagged', flagged);
  metrics.count('SweepHealed', healed);
  metrics.count('SweepSkipped', skipped);
  metrics.count('SweepBehind', behind >= TOO_FAR_BEHIND ? 1 : 0);
}

/** How many redraws are open now, by the counters. A sweep that can't tell has swept all the same. */
async function countOpen(): Promise<void> {
  try {
    const counts = await readCounts(projection.table);
    const ours = counts.filter(([{ team_id }]) => isShown({ teamId: env.TEAM_ID ?? null }, team_id));
    const { open, stale } = openRedraws(censusOf(ours));
    metrics.count('RedrawsOpen', open);
    metrics.count('RedrawsStale', stale);
  } catch (error) {
    logger.warn('open redraws not counted', { error_name: error instanceof Error ? error.name : 'unknown' });
  }
}

import { type Journey, journeys } from '../sandbox/journeys/journeys.ts';

const DAY = 86_400_000;

/** Junction's world, and what its webhooks reported until the backup and after it. */
export interface World {
  readonly all: readonly Journey[];
  readonly backupAt: Date;
  readonly before: readonly Journey[];
  readonly after: readonly Journey[];
  /** Journeys delivered after the restore. */
  readonly later: readonly Journey[];
}

export function worldOf(now: Date): World {
  const backupAt = new Date(now.getTime() - 2 * DAY);
  const endingAt = (days: number) =>
    ({ endAt: new Date(now.getTime() - days * DAY), spelling: 'documented' }) as const;
  // Some continue after the backup, and some do not.
  const all = [...journeys(14, 20, endingAt(1)), ...journeys(16, 20, endingAt(3))];
  const part = (wanted: (at: number) => boolean) =>
    all.map((one) => ({ ...one, snapshots: one.snapshots.filter(({ at }) => wanted(Date.parse(at))) }));
  return {
    all,
    backupAt,
    before: part((at) => at <= backupAt.getTime()),
    after: part((at) => at > backupAt.getTime()),
    later: journeys(15, 3, endingAt(0)),
  };
}

import type { Cost } from './comparison.ts';
import { NATURAL } from './samples.ts';
import type { Units } from './units.ts';

/** The most write units per webhook of an ordinary lab, for table, indexes, counters and heartbeat. */
const MOST = 4.7;
const OURS = 'redraw-tracker';
/** What a careful team would build instead, which we stay below. */
const OTHER = 'idempotent-functions';

/** A sentence for each sample in which ours writes too much. */
export function excessIn({ units }: Pick<Cost, 'units'>): string[] {
  return units
    .filter(({ peer }) => peer === OURS)
    .flatMap((ours) => {
      const other = units.find(({ sample, peer }) => sample === ours.sample && peer === OTHER);
      const limits = [ours.sample === NATURAL ? MOST : null, other && writtenBy(other)];
      return limits.flatMap((limit) =>
        typeof limit === 'number' && writtenBy(ours) > limit
          ? [`Budget missed: ${ours.sample}, ${writtenBy(ours)} write units per webhook, more than ${limit}.`]
          : [],
      );
    });
}

const writtenBy = ({ answered, afterwards }: Units): number => answered.writeUnits + afterwards.writeUnits;

import { CLOCK_TABLE, type ClockName } from '../../../core/domain/clocks/clock-table.ts';
import { duration, durationOrOff } from '../../setting/setting-formats.ts';

/** The settings of the clocks. */
export const clockKeys = Object.fromEntries(
  Object.entries(CLOCK_TABLE).map(([name, { initially, means, ...clock }]) => [
    name,
    { ...('mayBeOff' in clock ? durationOrOff : duration)(initially), means },
  ]),
) as Record<ClockName, ReturnType<typeof durationOrOff> & { readonly means: string }>;

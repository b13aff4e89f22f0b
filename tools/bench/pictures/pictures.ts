import type { Result } from '../result.ts';
import { costPicture } from './cost-picture.ts';
import { THEMES } from './themes.ts';
import { wrongStatesPicture } from './wrong-states-picture.ts';

/** Every picture of a result, by the name of its file. */
export function pictures({ cost, states }: Result): Map<string, string> {
  const drawn = new Map<string, string>();
  for (const theme of THEMES) {
    if (cost) drawn.set(`cost-${theme.name}.svg`, costPicture(cost.values, theme));
    if (!states) continue;
    const disordered = states.values.filter(
      ({ of, course, spelling }) =>
        of === 'every kind' && course === 'in disorder' && spelling === 'documented',
    );
    drawn.set(`wrong-states-${theme.name}.svg`, wrongStatesPicture(disordered, theme));
  }
  return drawn;
}

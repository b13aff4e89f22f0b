import Box from '@cloudscape-design/components/box';
import type { WithRedraw } from '../../redraw/open-redraw.ts';
import { useNow } from '../../time/use-now.ts';
import { type AgeCount, type AgeGroup, countByAge } from './age-groups.ts';

interface AgeChartProps {
  readonly transactions: readonly WithRedraw[];
  readonly chosen: AgeGroup['id'] | null;
  readonly choose: (age: AgeGroup['id']) => void;
}

/**
 * Open redraws by age. Each bar is a button with a text, so the chart needs no text alternative, and the first view
 * needs no chart library.
 */
export function AgeChart({ transactions, chosen, choose }: AgeChartProps) {
  const counts = countByAge(transactions, useNow());
  const most = Math.max(1, ...counts.map(({ open }) => open));
  return (
    <figure className="ages">
      <figcaption>
        <Box variant="span" color="text-body-secondary" fontSize="body-s">
          Open for
        </Box>
        <span className="key" aria-hidden="true">
          <i className="overdue" /> overdue <i className="not-overdue" /> not overdue
        </span>
      </figcaption>
      <ul>
        {counts.map((count) => (
          <Bar
            key={count.age.id}
            count={count}
            most={most}
            pressed={chosen === count.age.id}
            choose={() => choose(count.age.id)}
          />
        ))}
      </ul>
    </figure>
  );
}

interface BarProps {
  readonly count: AgeCount;
  readonly most: number;
  readonly pressed: boolean;
  readonly choose: () => void;
}

function Bar({ count: { age, open, overdue }, most, pressed, choose }: BarProps) {
  // The height below the number.
  const share = (part: number) => ({ blockSize: `calc((100% - 16px) * ${part / most})` });
  return (
    <li>
      <button
        type="button"
        aria-pressed={pressed}
        // Nothing to choose, so no tab stop.
        disabled={open === 0 && !pressed}
        title={`${open} open ${age.text}, ${overdue} of them overdue`}
        onClick={choose}
      >
        <span className="bar">
          <span className="number" aria-hidden="true">
            {open > 0 ? open : ''}
          </span>
          <span className="not-overdue" style={share(open - overdue)} />
          <span className="overdue" style={share(overdue)} />
        </span>
        <span className="step" aria-hidden="true">
          {age.short}
        </span>
        <span className="unseen">
          {open} open {age.text}, {overdue} of them overdue
        </span>
      </button>
    </li>
  );
}

import { useNow } from '../time/use-now.ts';
import type { WorkRow } from './rows.ts';

const DAY = 86_400_000;

/** Ages of open redraws, from and to in days. */
const AGES = [
  { text: 'under 1 day', short: '< 1 d', from: 0, to: 1 },
  { text: '1 to 3 days', short: '1–3 d', from: 1, to: 3 },
  { text: '3 to 7 days', short: '3–7 d', from: 3, to: 7 },
  { text: '1 to 2 weeks', short: '1–2 w', from: 7, to: 14 },
  { text: '2 to 4 weeks', short: '2–4 w', from: 14, to: 28 },
  { text: '4 to 8 weeks', short: '4–8 w', from: 28, to: 56 },
  { text: 'over 8 weeks', short: '> 8 w', from: 56, to: Number.POSITIVE_INFINITY },
] as const;

/** How many redraws are of each age, and how many of them are overdue. @param now in ms since 1970 */
export function countByAge(rows: readonly WorkRow[], now: number) {
  return AGES.map((age) => {
    const of = rows.filter(({ kind, transaction }) => {
      const since = kind === 'redraw' ? transaction?.redraw?.available_at : null;
      const days = since ? Math.max(0, now - Date.parse(since)) / DAY : Number.NaN;
      return days >= age.from && days < age.to;
    });
    return { ...age, open: of.length, overdue: of.filter(({ due }) => due === 'Overdue').length };
  });
}

/** Open redraws by age. Each bar has a text, and the first view needs no chart library. */
export default function AgeChart({ rows }: { readonly rows: readonly WorkRow[] }) {
  const counts = countByAge(rows, useNow());
  const most = Math.max(1, ...counts.map(({ open }) => open));
  const share = (part: number) => ({ blockSize: `${(part / most) * 52}px` });
  return (
    <figure className="ages">
      <figcaption>
        Open for <i className="overdue" /> overdue <i className="not-overdue" /> not overdue
      </figcaption>
      <ul>
        {counts.map(({ text, short, open, overdue }) => (
          <li key={text} title={`${open} open ${text}, ${overdue} of them overdue`}>
            <span aria-hidden="true">{open > 0 ? open : ''}</span>
            <span className="not-overdue" style={share(open - overdue)} />
            <span className="overdue" style={share(overdue)} />
            <span className="step" aria-hidden="true">
              {short}
            </span>
            <span className="unseen">
              {open} open {text}, {overdue} of them overdue
            </span>
          </li>
        ))}
      </ul>
    </figure>
  );
}

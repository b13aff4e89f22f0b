import './day-choice.css';
import { useId, useState } from 'react';
import { isDay } from '../time/day.ts';

interface DayChoiceProps {
  readonly label: string;
  /** The day to filter by, `2026-03-20`; empty for none. From the URL it may be any text. */
  readonly chosen: string;
  readonly onChoose: (day: string) => void;
}

/** While a year is typed, the browser reports those of its first digits. */
const FIRST_DAY = '2000-01-01';

/** Filters by a day, entered in the order that the user's browser has for dates. */
export function DayChoice({ label, chosen, onChoose }: DayChoiceProps) {
  const id = useId();
  const wrong = chosen !== '' && !isDay(chosen);
  const valid = wrong ? '' : chosen;
  const [day, setDay] = useState(valid);
  const [shown, setShown] = useState(chosen);
  if (shown !== chosen) {
    // The URL changed by other means, such as Back or a link.
    setShown(chosen);
    setDay(valid);
  }
  return (
    <div className="day-choice">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        value={day}
        min={FIRST_DAY}
        aria-invalid={wrong}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={({ currentTarget: { value, validity } }) => {
          setDay(value);
          if (!validity.badInput && (value === '' || value >= FIRST_DAY)) onChoose(value);
        }}
      />
      {wrong && (
        <div id={`${id}-wrong`} className="day-choice-wrong">
          “{chosen.slice(0, 40)}” isn’t a date such as 2026-03-20. The list isn’t filtered by it.
        </div>
      )}
    </div>
  );
}

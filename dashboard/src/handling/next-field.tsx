import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useNow } from '../time/use-now.ts';
import { NEXT, type Next, proposed, whyImpossible } from './next-times.ts';

interface NextFieldProps {
  readonly next: string;
  /** The value of the field for a day and a time. */
  readonly time: string;
  readonly onChange: (next: string, time: string) => void;
  /** The planned follow-up, if it can be kept: "Keep Thu, Nov 26, 5:00 PM". */
  readonly keeps?: string | undefined;
}

/** When to look again. Until then, the worklist hides the row. */
export function NextField({ next, time, onChange, keeps }: NextFieldProps) {
  const now = useNow();
  const choices = [...(keeps === undefined ? [] : [{ id: 'keep', text: keeps }]), ...NEXT];
  return (
    <FormField
      label="Next"
      description="The worklist hides it until then, or until it moves on."
      errorText={whyNotNext({ next, time }, now)}
      stretch
    >
      <SpaceBetween size="xxs">
        <RadioGroup
          direction="horizontal"
          value={next}
          items={choices.map(({ id, text }) => ({ value: id, label: text }))}
          onChange={({ detail: { value } }) =>
            onChange(value, value === 'keep' ? '' : proposed(value as Exclude<Next, 'keep'>, now))
          }
        />
        {hasTime(next) && (
          <input
            type="datetime-local"
            aria-label="Day and time"
            className="day-and-time"
            value={time}
            onChange={({ currentTarget }) => onChange(next, currentTarget.value)}
          />
        )}
      </SpaceBetween>
    </FormField>
  );
}

const hasTime = (next: string): boolean => next !== 'none' && next !== 'keep';

/** Why it cannot be planned; null if it can. */
export function whyNotNext(
  { next, time }: Pick<NextFieldProps, 'next' | 'time'>,
  now: number,
): string | null {
  return hasTime(next) ? whyImpossible(time, now) : null;
}

/** What the API gets: undefined keeps the follow-up, and null removes it. */
export function followUpOf({ next, time }: Pick<NextFieldProps, 'next' | 'time'>): string | null | undefined {
  if (next === 'keep') return undefined;
  return next === 'none' ? null : new Date(time).toISOString();
}

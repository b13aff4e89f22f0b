import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import { useNow } from '../time/use-now.ts';
import { isPossibleDay } from './follow-up-days.ts';

interface FollowUpFieldProps {
  /** As `2026-03-14`; empty for none. */
  readonly day: string;
  readonly choose: (day: string) => void;
  readonly possible: boolean;
}

/** The day on which the owner looks at the transaction again. */
export function FollowUpField({ day, choose, possible }: FollowUpFieldProps) {
  const now = useNow();
  return (
    <FormField
      label={
        <>
          Follow-up <i>– optional</i>
        </>
      }
      description="The worklist hides it until 8 AM on that day, or until it moves on."
      errorText={!possible && 'Choose a day within the next three months.'}
    >
      <DatePicker
        value={day}
        onChange={({ detail }) => choose(detail.value)}
        isDateEnabled={(date) => isPossibleDay(date, now)}
        placeholder="YYYY/MM/DD"
        openCalendarAriaLabel={(selected) =>
          selected
            ? `Choose the day of the follow-up, selected: ${selected}`
            : 'Choose the day of the follow-up'
        }
        todayAriaLabel="Today"
        previousMonthAriaLabel="Previous month"
        nextMonthAriaLabel="Next month"
        expandToViewport
      />
    </FormField>
  );
}

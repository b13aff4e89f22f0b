import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { MAX_NOTES_LENGTH } from './order-change.ts';

interface NotesFieldProps {
  readonly label: string;
  readonly notes: string;
  readonly onChange: (notes: string) => void;
  /** Why the API refused them. */
  readonly error: string | undefined;
  readonly placeholder?: string;
}

/** Notes that go to Junction. */
export function NotesField({ label, notes, onChange, error, placeholder = '' }: NotesFieldProps) {
  const over = notes.trim().length - MAX_NOTES_LENGTH;
  return (
    <FormField
      label={
        <>
          {label} <i>– optional</i>
        </>
      }
      constraintText="They go to Junction and are not stored here."
      errorText={over > 0 ? `The notes are ${over.toLocaleString('en')} characters too long.` : error}
      stretch
    >
      <Textarea
        value={notes}
        onChange={({ detail }) => onChange(detail.value)}
        placeholder={placeholder}
        rows={2}
      />
    </FormField>
  );
}

export function isTooLong(notes: string): boolean {
  return notes.trim().length > MAX_NOTES_LENGTH;
}

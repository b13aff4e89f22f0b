import Autosuggest from '@cloudscape-design/components/autosuggest';
import FormField from '@cloudscape-design/components/form-field';
import { useOwners } from './use-owners.ts';

interface OwnerFieldProps {
  readonly value: string;
  readonly onChange: (name: string) => void;
  /** Whether an empty name removes the owner. */
  readonly removable?: boolean;
}

/** The API's limit (characters). */
export const MAX_NAME_LENGTH = 128;

/** Who owns it: a person, or a team. */
export function OwnerField({ value, onChange, removable = false }: OwnerFieldProps) {
  return (
    <FormField
      label="Owner"
      constraintText={removable && 'Empty: nobody owns it.'}
      errorText={value.length > MAX_NAME_LENGTH && `At most ${MAX_NAME_LENGTH} characters.`}
      stretch
    >
      <Autosuggest
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
        options={useOwners()}
        enteredTextLabel={(name) => `Use “${name}”`}
        placeholder="A person or a team"
        ariaLabel="Owner"
        clearAriaLabel="Clear"
        expandToViewport
      />
    </FormField>
  );
}

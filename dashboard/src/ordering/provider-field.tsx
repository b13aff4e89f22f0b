import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import { humanize } from '../wording/status.ts';

interface ProviderFieldProps {
  /** Providers that set the time themselves; at least one. */
  readonly providers: readonly string[];
  readonly provider: string;
  readonly onChange: (provider: string) => void;
}

/** Chooses who is asked for a visit at home. */
export function ProviderField({ providers, provider, onChange }: ProviderFieldProps) {
  const options = providers.map((value) => ({ value, label: humanize(value) }));
  return (
    <>
      <Box variant="p">
        No provider near the patient has available times.{' '}
        {providers.length === 1 ? humanize(provider) : 'A provider'} can be asked for a visit, and sets the
        time later. It then appears on the timeline.
      </Box>
      {providers.length > 1 && (
        <FormField label="Provider" stretch>
          <Select
            options={options}
            selectedOption={options.find(({ value }) => value === provider) ?? null}
            onChange={({ detail }) => onChange(detail.selectedOption.value ?? provider)}
            expandToViewport
          />
        </FormField>
      )}
    </>
  );
}

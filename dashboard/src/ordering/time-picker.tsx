import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { type AvailableTime, dayText, type FreeDay, type Place, timeText } from './available-times.ts';

interface TimePickerProps {
  /** At least one. */
  readonly days: readonly FreeDay[];
  /** The ID of the chosen time. */
  readonly chosen: string | null;
  readonly onChoose: (id: string | null) => void;
  /** Why the API refused the time. */
  readonly error: string | undefined;
}

/** Chooses a day, a place where there are several, and a time. */
export function TimePicker({ days, chosen, onChoose, error }: TimePickerProps) {
  const [date, setDate] = useState<string | null>(null);
  const [placeId, setPlaceId] = useState<string | null>(null);
  // After a refresh, a day or place may have no times any more.
  const day = days.find((one) => one.date === date) ?? days[0];
  const place = day?.places.find(({ id }) => id === placeId) ?? day?.places[0];
  if (!day || !place) return null;
  const dayOptions = days.map((one) => ({
    value: one.date,
    label: dayText(one.date),
    description: timesText(one.places.reduce((sum, { times }) => sum + times.length, 0)),
  }));
  return (
    <SpaceBetween size="m">
      <FormField label="Day" stretch>
        <Select
          options={dayOptions}
          selectedOption={dayOptions.find(({ value }) => value === day.date) ?? null}
          onChange={({ detail }) => {
            setDate(detail.selectedOption.value ?? null);
            onChoose(null);
          }}
          expandToViewport
        />
      </FormField>
      {place.name !== null && (
        <PlaceField
          places={day.places}
          place={place}
          onChange={(id) => {
            setPlaceId(id);
            onChoose(null);
          }}
        />
      )}
      <FormField label="Time" description={zoneText(place)} errorText={error} stretch>
        <RadioGroup
          direction="horizontal"
          value={chosen}
          onChange={({ detail }) => onChoose(detail.value)}
          items={place.times.map((time) => ({ value: time.id, label: labelOf(time, place) }))}
        />
      </FormField>
    </SpaceBetween>
  );
}

interface PlaceFieldProps {
  readonly places: readonly Place[];
  readonly place: Place;
  readonly onChange: (id: string | null) => void;
}

function PlaceField({ places, place, onChange }: PlaceFieldProps) {
  const options = places.map(({ id, name, times }) => ({
    value: id,
    label: name ?? '',
    description: timesText(times.length),
  }));
  return (
    <FormField label="Service center" description="The nearest one comes first." stretch>
      <Select
        options={options}
        selectedOption={options.find(({ value }) => value === place.id) ?? null}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? null)}
        expandToViewport
      />
    </FormField>
  );
}

function timesText(count: number): string {
  return `${count} available ${count === 1 ? 'time' : 'times'}`;
}

function labelOf({ start, priority }: AvailableTime, { zone }: Place): string {
  return timeText(start, zone) + (priority ? ', priority' : '');
}

/** The zone is named once and not with each time. */
function zoneText({ zone, times: [first] }: Place): string {
  if (zone === null || !first) return 'In your time zone.';
  const name = timeText(first.start, zone, true).replace(/^.*[AP]M\s*/, '');
  return `Local time there (${name}).`;
}

import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { useSearchParams } from 'wouter';

interface StateOption<State extends string> {
  readonly id: State;
  readonly text: string;
}

/** The state that a list shows, from the URL; the first one unless the URL names another. */
export function useListState<State extends string>(
  options: readonly [StateOption<State>, ...StateOption<State>[]],
): State {
  const [parameters] = useSearchParams();
  return (options.find(({ id }) => id === parameters.get('state')) ?? options[0]).id;
}

interface ListStateControlProps {
  readonly state: string;
  readonly options: readonly StateOption<string>[];
}

/** Selects the state that a list shows. Starts at the first page of the list. */
export function ListStateControl({ state, options }: ListStateControlProps) {
  const [, setParameters] = useSearchParams();
  return (
    <SegmentedControl
      selectedId={state}
      options={options}
      onChange={({ detail }) => setParameters(new URLSearchParams({ state: detail.selectedId }))}
      label="State"
    />
  );
}

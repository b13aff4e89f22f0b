import Autosuggest from '@cloudscape-design/components/autosuggest';
import { useState } from 'react';
import { useOwners } from '../handling/use-owners.ts';

interface OwnerEditProps {
  readonly first: string;
  /** The chosen name, empty for nobody; null if it stays as it is. */
  readonly onDone: (name: string | null) => void;
}

/** The owner of a row, in its cell. */
export default function OwnerEdit({ first, onDone }: OwnerEditProps) {
  const [value, setValue] = useState(first);
  return (
    <Autosuggest
      autoFocus
      value={value}
      onChange={({ detail }) => setValue(detail.value)}
      onSelect={({ detail }) => onDone(detail.value)}
      onKeyDown={({ detail }) => {
        if (detail.key === 'Enter') onDone(value);
        if (detail.key === 'Escape') onDone(null);
      }}
      onBlur={() => onDone(null)}
      options={useOwners()}
      enteredTextLabel={(name) => `Use “${name}”`}
      placeholder="Nobody"
      ariaLabel="Owner"
      expandToViewport
    />
  );
}

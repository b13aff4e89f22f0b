import Input from '@cloudscape-design/components/input';
import { useState } from 'react';

interface UserFilterProps {
  /** The user ID to filter by; empty for none. */
  readonly user: string;
  readonly onChoose: (user: string) => void;
}

/** Filters by user on Enter or on blur: only a complete ID matches. */
export function UserFilter({ user, onChoose }: UserFilterProps) {
  const [text, setText] = useState(user);
  const [shown, setShown] = useState(user);
  if (shown !== user) {
    // The URL changed by other means, such as Back or a link.
    setShown(user);
    setText(user);
  }
  const choose = (chosen: string) => {
    if (chosen !== user) onChoose(chosen);
  };
  return (
    <Input
      type="search"
      inputMode="search"
      spellcheck={false}
      autoComplete={false}
      value={text}
      onChange={({ detail }) => {
        setText(detail.value);
        if (detail.value === '') choose('');
      }}
      onKeyDown={({ detail }) => {
        if (detail.key === 'Enter') choose(text.trim());
      }}
      onBlur={() => choose(text.trim())}
      placeholder="User ID"
      ariaLabel="Filter by user ID"
      clearAriaLabel="Clear user filter"
    />
  );
}

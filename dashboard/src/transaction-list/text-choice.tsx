import Input from '@cloudscape-design/components/input';
import { useState } from 'react';

interface TextChoiceProps {
  /** What the filter is about: "user ID". */
  readonly of: string;
  readonly placeholder: string;
  /** The text to filter by; empty for none. */
  readonly chosen: string;
  readonly onChoose: (text: string) => void;
}

/** Filters by a text on Enter or on blur, because each filter is a request. */
export function TextChoice({ of, placeholder, chosen, onChoose }: TextChoiceProps) {
  const [text, setText] = useState(chosen);
  const [shown, setShown] = useState(chosen);
  if (shown !== chosen) {
    // The URL changed by other means, such as Back or a link.
    setShown(chosen);
    setText(chosen);
  }
  const choose = (typed: string) => {
    if (typed !== chosen) onChoose(typed);
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
      placeholder={placeholder}
      ariaLabel={`Filter by ${of}`}
      clearAriaLabel={`Clear the filter by ${of}`}
    />
  );
}

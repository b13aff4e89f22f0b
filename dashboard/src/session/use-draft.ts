import { useState } from 'react';
import { draftOf, keepDraft } from './drafts.ts';
import { usePerson } from './session-context.tsx';

/**
 * A form's text and its setter. It survives a failed change and an ended session, until it equals its initial
 * value.
 */
export function useDraft(key: string, first = ''): readonly [text: string, write: (text: string) => void] {
  const person = usePerson();
  const [text, setText] = useState(() => draftOf(person, key) || first);
  const write = (next: string) => {
    setText(next);
    keepDraft(person, key, next === first ? '' : next);
  };
  return [text, write];
}

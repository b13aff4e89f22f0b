import { useState } from 'react';
import { draftOf, keepDraft } from './drafts.ts';
import { usePerson } from './session-context.tsx';

/**
 * The text of a form and how to change it. It survives a change that failed and a session that ended, until it is as at
 * first.
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

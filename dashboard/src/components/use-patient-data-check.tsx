import Alert from '@cloudscape-design/components/alert';
import { type ReactNode, useState } from 'react';
import { type PatientDataHint, patientDataHints } from './patient-data-hints.ts';

interface PatientDataCheck {
  /** Whether a text may be saved. The first time that it looks like patient data, it may not, and `warning` says why. */
  readonly passes: () => boolean;
  /** Whether the user was asked about the text as it is. */
  readonly asked: boolean;
  readonly warning: ReactNode;
}

/**
 * Points out what looks like patient data in a text before it is saved. The user can still save it.
 *
 * @param expected the kinds of data that are allowed without a warning
 */
export function usePatientDataCheck(
  text: string,
  expected: readonly PatientDataHint['what'][] = [],
): PatientDataCheck {
  const [confirmed, setConfirmed] = useState<string | null>(null);
  const hints = patientDataHints(text, new Date().getFullYear()).filter(
    ({ what }) => !expected.includes(what),
  );
  const asked = hints.length > 0 && confirmed === text;
  return {
    passes: () => {
      if (hints.length === 0 || asked) return true;
      setConfirmed(text);
      return false;
    },
    asked,
    warning: asked && <Warning hints={hints} />,
  };
}

function Warning({ hints }: { hints: readonly PatientDataHint[] }) {
  return (
    <Alert type="warning" header="This looks like patient information">
      <ul>
        {hints.map(({ what, found }) => (
          <li key={`${what} ${found}`}>
            “{found}” looks like {what === 'email address' ? 'an' : 'a'} {what}.
          </li>
        ))}
      </ul>
      It is saved or sent exactly as typed. Remove it, or continue if it is something else.
    </Alert>
  );
}

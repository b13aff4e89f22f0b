import Alert from '@cloudscape-design/components/alert';
import type { ChangeProblem } from './change-problem.ts';

interface ChangeProblemAlertProps {
  readonly problem: ChangeProblem;
  /** The fields that show their errors themselves. */
  readonly shown?: readonly string[];
}

/** Why a change failed, in its dialog, which keeps what was entered. */
export function ChangeProblemAlert({ problem, shown = [] }: ChangeProblemAlertProps) {
  const rest = problem.fields.filter(({ field }) => !shown.includes(field));
  return (
    <div role="alert" ref={(element) => element?.scrollIntoView({ block: 'nearest' })}>
      <Alert type="error" header={problem.header}>
        {problem.text}
        {rest.length > 0 && (
          <ul>
            {rest.map(({ field, detail }) => (
              <li key={field}>
                {field}: {detail}
              </li>
            ))}
          </ul>
        )}
      </Alert>
    </div>
  );
}

import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useEffect, useState } from 'react';
import { resultsError } from './results-error.ts';

/** Why results can't be shown, with a retry button that waits as long as Junction asks. */
export function ResultsErrorAlert({ error, ask }: { error: Error; ask: () => void }) {
  const { header, text, againAfter } = resultsError(error);
  const left = useCountdown(againAfter ?? 0);
  return (
    <Alert
      type={againAfter === null ? 'info' : 'error'}
      header={header}
      action={
        againAfter !== null && (
          <Button
            disabled={left > 0}
            disabledReason={`Junction is busy. Try again in ${left} seconds.`}
            onClick={ask}
          >
            Try again
          </Button>
        )
      }
    >
      {text}
    </Alert>
  );
}

/** Counts down from `seconds` after mounting. */
function useCountdown(seconds: number): number {
  const [left, setLeft] = useState(seconds);
  const over = left <= 0;
  useEffect(() => {
    if (over) return;
    const timer = setInterval(() => setLeft((before) => before - 1), 1_000);
    return () => clearInterval(timer);
  }, [over]);
  return Math.max(0, left);
}

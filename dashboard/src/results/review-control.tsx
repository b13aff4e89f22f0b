import Button from '@cloudscape-design/components/button';
import type { Transaction } from '../api/answers.ts';
import { usePageKeys } from '../screen/page-keys.ts';
import { Timestamp } from '../time/timestamp.tsx';
import { byText } from '../wording/caller.ts';
import type { useReview } from './use-review.ts';

interface ReviewControlProps extends ReturnType<typeof useReview> {
  readonly of: Transaction;
  /** When the newest results on the screen were reported. */
  readonly resultsAt: string | null;
  /** Whether the values are on the screen. Nobody reviews what they have not seen. */
  readonly loaded: boolean;
  readonly next: (() => void) | undefined;
  readonly onClose: () => void;
}

/** Who has reviewed the results that are open, or the button that says so; it goes on to the next of the list. */
export function ReviewControl({ of, resultsAt, loaded, next, onClose, review, undo }: ReviewControlProps) {
  const known = of.review;
  const goOn = next ?? onClose;
  const why = !loaded
    ? 'Wait until the results have loaded.'
    : of.critical_result === 'open'
      ? 'Acknowledge the critical result first.'
      : null;
  const act = () => {
    if (known) next?.();
    else if (why === null && !review.isPending) review.mutate({ resultsAt, goOn });
  };
  usePageKeys({ review: act });
  return (
    <>
      {known && (
        <span className="reviewed">
          Reviewed by {byText(known)}, <Timestamp at={known.at} />{' '}
          <Button variant="inline-link" loading={undo.isPending} onClick={() => undo.mutate(known.at)}>
            Undo
          </Button>
        </span>
      )}
      {(!known || next) && (
        <Button
          variant="primary"
          disabled={!known && why !== null}
          {...(!known && why !== null && { disabledReason: why })}
          loading={review.isPending}
          loadingText="Saving"
          onClick={act}
        >
          {known ? 'Next' : next ? 'Reviewed, next' : 'Reviewed'}
        </Button>
      )}
    </>
  );
}

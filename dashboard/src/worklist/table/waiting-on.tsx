import type { Transaction } from '../../api/answers.ts';
import { useNextStepTexts } from '../../session/configuration-context.tsx';
import { adviceFor } from '../../wording/next-steps.ts';
import { stageText } from '../../wording/status.ts';

/** The step that a redraw waits on, and what to do next in short, with the whole sentence on hover. */
export function WaitingOn({
  of: { redraw, next_step: step },
}: {
  of: Pick<Transaction, 'redraw' | 'next_step'>;
}) {
  const texts = useNextStepTexts();
  const advice = step && adviceFor(step, texts);
  return (
    <>
      <div>{stageText(redraw?.stage ?? null)}</div>
      {advice && (
        <div className="aside under" title={advice.text}>
          {advice.short}
        </div>
      )}
    </>
  );
}

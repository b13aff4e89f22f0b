import './next-step.css';
import Button from '@cloudscape-design/components/button';
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Transaction } from '../api/answers.ts';
import { useNextStepTexts } from '../session/configuration-context.tsx';
import { adviceFor } from '../wording/next-steps.ts';
import { useNextActions } from './use-next-actions.tsx';

interface NextStepSectionProps {
  readonly transaction: Transaction;
  /** Opens the form to log a contact. */
  readonly onLog: () => void;
}

/** One button to press first, and as many beside it; the rest is under "More". */
const BESIDE = 2;

/** What to do next, and what the reader may do about it. */
export function NextStepSection({ transaction, onLog }: NextStepSectionProps) {
  const { actions, dialogs } = useNextActions(transaction, onLog);
  const texts = useNextStepTexts();
  const step = transaction.next_step;
  const [first, ...others] = actions;
  const more = others.slice(BESIDE);
  return (
    <section className="next-step" aria-label="What to do next">
      <p>{step ? adviceFor(step, texts).text : 'There is nothing to do now.'}</p>
      <div className="screen-only">
        <SpaceBetween direction="horizontal" size="xs">
          {first && (
            <Button
              variant={step ? 'primary' : 'normal'}
              loading={first.loading ?? false}
              onClick={first.run}
            >
              {first.text}
            </Button>
          )}
          {others.slice(0, BESIDE).map(({ id, text, run, loading = false }) => (
            <Button key={id} loading={loading} onClick={run}>
              {text}
            </Button>
          ))}
          {more.length > 0 && (
            <ButtonDropdown
              items={more.map(({ id, text }) => ({ id, text }))}
              onItemClick={({ detail }) => more.find(({ id }) => id === detail.id)?.run()}
              expandToViewport
            >
              More
            </ButtonDropdown>
          )}
        </SpaceBetween>
      </div>
      {dialogs}
    </section>
  );
}

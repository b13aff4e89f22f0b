import './next-step.css';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import { useRef } from 'react';
import type { Transaction } from '../api/answers.ts';
import { useOrderRecords } from '../api/use-order-records.ts';
import { hasRedraw } from '../redraw/open-redraw.ts';
import { useNextStepTexts } from '../session/configuration-context.tsx';
import { adviceFor } from '../wording/next-steps.ts';
import { StepActions } from './step-actions.tsx';
import { useStepDialogs } from './step-dialogs.tsx';

interface NextStepSectionProps {
  readonly transaction: Transaction;
  /** The level of its heading. */
  readonly heading: 'h2' | 'h3';
}

/** What to do next: a sentence, and what the user may do about it. Only an open dialog if there is nothing to do. */
export function NextStepSection({ transaction, heading }: NextStepSectionProps) {
  const { next_step: step } = transaction;
  const { orders } = useOrderRecords(transaction);
  const texts = useNextStepTexts();
  const section = useRef<HTMLElement>(null);
  const dialogs = useStepDialogs(transaction, orders, section);
  const order = orders.find(({ id }) => id === step?.order_id) ?? null;
  return (
    <>
      {step && (
        <section ref={section} tabIndex={-1} className="next-step" aria-label="What to do next">
          <Box variant={heading} fontSize="heading-s" padding="n">
            What to do next
          </Box>
          <p>{adviceFor(step, texts).text}</p>
          <StepActions step={step} transaction={transaction} order={order} dialogs={dialogs} />
        </section>
      )}
      {dialogs.shown}
    </>
  );
}

/** The same for a transaction without a redraw, which has no other place for it. */
export function NextStepPanel({ transaction }: { transaction: Transaction }) {
  if (!transaction.next_step || hasRedraw(transaction)) return null;
  return (
    <Container>
      <NextStepSection transaction={transaction} heading="h2" />
    </Container>
  );
}

import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ReactNode } from 'react';
import type { Summary, SummaryHistory } from '../api/answers.ts';
import { Indicator } from '../components/indicator.tsx';
import { PageLink } from '../components/page-link.tsx';
import { isSilent } from '../components/webhooks-known.ts';
import { useHasMessages, useWebhookSilenceHours } from '../session/configuration-context.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { useNow } from '../time/use-now.ts';
import { unreachedText } from '../wording/messages.ts';
import { webhookTotals } from './history-series.ts';

interface KeyFiguresProps {
  readonly summary: Summary;
  readonly history: SummaryHistory | undefined;
  readonly span: string;
}

/** The key figures of the service. */
export function KeyFigures({ summary, history, span }: KeyFiguresProps) {
  const messages = useHasMessages();
  const silenceHours = useWebhookSilenceHours();
  const now = useNow();
  const { redraw, status, newest_processed_at: newest } = summary;
  const open = redraw.expected + redraw.in_progress + redraw.stale;
  const webhooks = history && webhookTotals(history);
  return (
    <Container>
      <KeyValuePairs
        columns={4}
        items={[
          {
            label: 'Last webhook processed',
            value: (
              <>
                <Large>{newest ? <Timestamp at={newest} /> : 'None yet'}</Large>
                {isSilent({ newest, silenceHours }, now) && (
                  <Indicator type="warning">Nothing new for over {silenceHours} hours</Indicator>
                )}
              </>
            ),
          },
          {
            label: `Webhooks in the last ${span}`,
            value: (
              <>
                <Large>{webhooks ? count(webhooks.all) : '–'}</Large>
                {webhooks && <Understood webhooks={webhooks} />}
              </>
            ),
          },
          {
            label: 'Open redraws',
            value: (
              <>
                <Large>
                  <PageLink href="/" fontSize="heading-l" variant="primary">
                    {count(open)}
                  </PageLink>
                </Large>
                {messages && summary.could_not_be_reached > 0 && (
                  <Indicator type="warning">{unreachedText(summary.could_not_be_reached)}</Indicator>
                )}
                <Indicator type={redraw.stale > 0 ? 'error' : 'success'}>
                  {redraw.stale > 0 ? `${count(redraw.stale)} overdue` : 'None overdue'}
                </Indicator>
              </>
            ),
          },
          {
            label: 'Transactions',
            value: (
              <>
                <Large>{count(summary.total)}</Large>
                <Box color="text-body-secondary">{count(status.active)} active</Box>
              </>
            ),
          },
        ]}
      />
    </Container>
  );
}

function Understood({ webhooks: { all, bad } }: { webhooks: { all: number; bad: number } }) {
  if (all === 0) return <Indicator type="pending">None received</Indicator>;
  if (bad === 0) return <Indicator type="success">All processed</Indicator>;
  return <Indicator type="warning">{count(bad)} not processed</Indicator>;
}

function Large({ children }: { children: ReactNode }) {
  return (
    <Box fontSize="heading-l" fontWeight="bold">
      {children}
    </Box>
  );
}

function count(value: number): string {
  return value.toLocaleString('en');
}

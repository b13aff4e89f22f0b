import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Transaction } from '../api/answers.ts';
import { Indicator } from '../components/indicator.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { anomalyCheck, anomalyText } from '../wording/anomalies.ts';
import { CLASSES } from './explanation-wording.ts';
import { JunctionStatus } from './junction-status.tsx';
import { LaneLabel } from './lane-label.tsx';
import type { Lane } from './lanes.ts';
import { MissedWebhooks } from './missed-webhooks.tsx';
import { OrderFacts } from './order-facts.tsx';

interface WhyPanelProps {
  readonly transaction: Transaction;
  readonly lanes: readonly Lane[];
}

/** Why the transaction has its status. */
export function WhyPanel({ transaction, lanes }: WhyPanelProps) {
  const { explanation } = transaction;
  if (!explanation) return null;
  const copy = (
    <CopyToClipboard
      copyButtonText="Copy as text"
      copySuccessText="Copied"
      copyErrorText="Couldn’t copy"
      textToCopy={explanation.text.join('\n')}
    />
  );
  return (
    <Container
      header={
        <Header variant="h2" actions={copy}>
          Why this status
        </Header>
      }
    >
      <SpaceBetween size="l">
        <Rule explanation={explanation} />
        <Anomalies transaction={transaction} lanes={lanes} />
        <div>
          <Box variant="h3">Junction’s status</Box>
          <JunctionStatus transaction={transaction} lanes={lanes} />
        </div>
        <div>
          <Box variant="h3" padding={{ bottom: 'xxs' }}>
            How each order counts
          </Box>
          <SpaceBetween size="s">
            {explanation.orders.map((order) => (
              <OrderFacts key={order.id} order={order} lanes={lanes} />
            ))}
          </SpaceBetween>
        </div>
        <MissedWebhooks missed={explanation.missed} lanes={lanes} />
      </SpaceBetween>
    </Container>
  );
}

type Explanation = NonNullable<Transaction['explanation']>;

function Rule({ explanation: { rule } }: { explanation: Explanation }) {
  return (
    <div>
      <Box variant="p" padding="n">
        {rule.sentence}
      </Box>
      <Box variant="small">
        Rule {rule.name}. Initial order: {rule.initial ? CLASSES[rule.initial.class] : 'not seen'}. Redraw
        order: {rule.redraw ? CLASSES[rule.redraw.class] : 'none'}.
      </Box>
    </div>
  );
}

function Anomalies({ transaction: { anomalies }, lanes }: WhyPanelProps) {
  if (anomalies.length === 0) return null;
  return (
    <div>
      <Box variant="h3">Anomalies</Box>
      <ul className="markers">
        {anomalies.map(({ code, order_id, first_seen_at }) => (
          <li key={`${code} ${order_id} ${first_seen_at}`}>
            <Indicator type="warning">{anomalyText(code)}</Indicator>
            <div>
              <LaneLabel orderId={order_id} lanes={lanes} />{' '}
              <span className="aside">
                <Timestamp at={first_seen_at} />
              </span>
            </div>
            <div className="aside">{anomalyCheck(code)}</div>
          </li>
        ))}
      </ul>
    </div>
  );
}

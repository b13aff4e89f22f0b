import Box from '@cloudscape-design/components/box';
import type { Transaction } from '../api/answers.ts';
import { Expandable } from '../components/expandable.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { statusText } from '../wording/status.ts';
import { lowLevel } from './entries.ts';
import { LaneLabel } from './lane-label.tsx';
import type { Lane } from './lanes.ts';

interface MissedWebhooksProps {
  readonly missed: NonNullable<Transaction['explanation']>['missed'];
  readonly lanes: readonly Lane[];
}

/** Events whose own webhook was lost or never sent. */
export function MissedWebhooks({ missed, lanes }: MissedWebhooksProps) {
  if (missed.length === 0) return null;
  return (
    <div>
      <Box variant="h3">Missed webhooks</Box>
      <Expandable summary={missedCount(missed.length)}>
        <ul className="markers">
          {missed.map(({ order_id, event_id, status, created_at }) => (
            <li key={`${order_id} ${event_id} ${created_at} ${status}`}>
              {statusText(lowLevel(status))} <LaneLabel orderId={order_id} lanes={lanes} />{' '}
              <span className="aside">
                <Timestamp at={created_at} />
                {lowLevel(status) === 'partial_results' && ', sent only if your team opted in to it'}
              </span>
            </li>
          ))}
        </ul>
      </Expandable>
    </div>
  );
}

function missedCount(count: number): string {
  const events = count === 1 ? '1 event' : `${count} events`;
  return `${events} learned from a later webhook or from Junction’s API`;
}

import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import type { ReactNode } from 'react';
import type { WithRedraw } from '../../redraw/open-redraw.ts';
import { useHasMessages } from '../../session/configuration-context.tsx';
import { duration } from '../../time/format.ts';
import { useNow } from '../../time/use-now.ts';
import type { ViewInAddress } from '../view/use-view.ts';
import { WHOLE, type WorklistView } from '../view/view.ts';
import { AgeChart } from './age-chart.tsx';
import { openFor } from './age-groups.ts';
import { type Figures, figuresOf } from './figures.ts';

interface OverviewProps {
  readonly transactions: readonly WithRedraw[];
  /** Those that wait for a later follow-up and are not shown. */
  readonly hidden: readonly WithRedraw[];
  /** More are being read, so nothing can be counted yet. */
  readonly loading: boolean;
  readonly place: ViewInAddress;
}

/** Four figures and a chart. Each filters the list. */
export function Overview({ transactions, hidden, loading, place }: OverviewProps) {
  const { view, choose, clear } = place;
  const now = useNow();
  const [known, waiting] = [figuresOf(transactions, now), figuresOf(hidden, now)];
  const messages = useHasMessages();
  const longest = Math.max(...transactions.map((transaction) => openFor(transaction, now) ?? 0));
  const count = (of: keyof Figures) => (loading ? '…' : <Count shown={known[of]} hidden={waiting[of]} />);
  const only = (part: Partial<WorklistView>) => choose({ ...WHOLE, ...part });
  return (
    <Container>
      <div className="overview">
        <ul className="figures" aria-label="Summary">
          <Figure label="Open" show={clear}>
            {count('open')}
          </Figure>
          <Figure
            label="Overdue"
            loud={known.overdue > 0 && !loading}
            show={() => only({ due: 'overdue' })}
            shown={view.due === 'overdue'}
          >
            {count('overdue')}
          </Figure>
          <Figure
            label="Not acknowledged"
            show={() => only({ acknowledged: false })}
            shown={view.acknowledged === false}
          >
            {count('unacknowledged')}
          </Figure>
          {messages && (
            <Figure
              label="Could not be reached"
              loud={known.unreached > 0 && !loading}
              show={() => only({ reach: 'could_not_be_reached' })}
              shown={view.reach === 'could_not_be_reached'}
            >
              {count('unreached')}
            </Figure>
          )}
          <Figure
            label="Oldest open"
            show={() => only({ sort: 'open', descending: true })}
            shown={view.sort === 'open' && view.descending}
          >
            {loading ? '…' : duration(longest)}
          </Figure>
        </ul>
        <AgeChart
          transactions={loading ? [] : transactions}
          chosen={view.age}
          choose={(age) => choose({ age: age === view.age ? null : age })}
        />
      </div>
    </Container>
  );
}

/** The counts of the navigation and the mails have those, too, that wait for a later follow-up. */
function Count({ shown, hidden }: { shown: number; hidden: number }) {
  return (
    <>
      {shown.toLocaleString('en')}
      {hidden > 0 && <span className="under"> + {hidden.toLocaleString('en')} hidden</span>}
    </>
  );
}

interface FigureProps {
  readonly label: string;
  readonly loud?: boolean;
  /** Whether the list is filtered by it; undefined for "Open", which clears the filters. */
  readonly shown?: boolean;
  readonly show: () => void;
  readonly children: ReactNode;
}

function Figure({ label, loud = false, shown, show, children }: FigureProps) {
  return (
    <li>
      <button type="button" className="figure" aria-pressed={shown} onClick={show}>
        <Box variant="span" color="text-body-secondary" fontSize="body-s" display="block">
          {label}
        </Box>
        <Box
          variant="span"
          fontSize="heading-l"
          fontWeight="bold"
          color={loud ? 'text-status-error' : 'inherit'}
        >
          {children}
        </Box>
      </button>
    </li>
  );
}

import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { type ReactNode, useRef } from 'react';
import { shortId } from '../../components/identifier.tsx';
import { OwnerCell } from '../../handling/owner-cell.tsx';
import { withPendingAcknowledgement } from '../../redraw/acknowledgement/changes.ts';
import {
  type AcknowledgementActions,
  useAcknowledgementActions,
} from '../../redraw/acknowledgement/use-acknowledgement-actions.tsx';
import { usePendingAcknowledgements } from '../../redraw/acknowledgement/use-acknowledgement-changes.ts';
import { MissingMarkers } from '../../redraw/missing-markers.tsx';
import { awaitsDecision, type WithDecision } from '../../redraw/open-redraw.ts';
import { keepFocusIn } from '../../screen/keep-focus.ts';
import { useNarrowScreen } from '../../screen/use-narrow-screen.ts';
import { usePrinting } from '../../screen/use-printing.ts';
import { useNextStepTexts } from '../../session/configuration-context.tsx';
import { useHasScope } from '../../session/session-context.tsx';
import { Cards } from '../../table/cards.tsx';
import { ACTION, cardOf, hasActions, type ListColumn } from '../../table/list-cards.tsx';
import { Timestamp } from '../../time/timestamp.tsx';
import { DECISIONS } from '../../wording/decisions.ts';
import { adviceFor } from '../../wording/next-steps.ts';
import { Orders, User } from '../table/row-cells.tsx';

interface DecisionsTableProps {
  readonly of: readonly WithDecision[];
  /** The API has more than these. */
  readonly more: boolean;
}

/** What a person has to decide, longest waiting first. Nothing if there is none. */
export default function DecisionsTable({ of, more }: DecisionsTableProps) {
  const pending = usePendingAcknowledgements();
  const may = useHasScope('redraws/write');
  const waiting = of.map((one) => withPendingAcknowledgement(one, pending)).filter(awaitsDecision);
  const printing = usePrinting();
  const list = useRef<HTMLDivElement>(null);
  // The row and its button leave the list; with the last row, the list disappears.
  const acting = useAcknowledgementActions((of) =>
    keepFocusIn(waiting.length > of.length ? list.current : null),
  );
  return (
    <div ref={list} tabIndex={-1} className="decisions" data-opens-rows="">
      {waiting.length > 0 && (
        <Decisions
          columns={may && !printing ? [...COLUMNS, actionColumn(acting)] : COLUMNS}
          transactions={waiting}
          header={
            <Header
              variant="h2"
              counter={more ? `(${waiting.length}+)` : `(${waiting.length})`}
              description="Redraws that ended without complete results, and orders that failed. Junction takes no further action."
            >
              {LABEL}
            </Header>
          }
          more={more}
        />
      )}
      {acting.dialog}
    </div>
  );
}

interface DecisionsProps {
  readonly columns: readonly ListColumn<WithDecision>[];
  readonly transactions: readonly WithDecision[];
  readonly header: ReactNode;
  /** More follow when these are closed. */
  readonly more: boolean;
}

/** A table, or cards on a phone. */
function Decisions({ columns, transactions: items, header, more }: DecisionsProps) {
  const narrow = useNarrowScreen();
  const list = { items, header, trackBy: 'id' };
  const footer = more && <Alert type="info">More appear here as these are closed.</Alert>;
  if (narrow) {
    return (
      <>
        <Cards {...list} cardDefinition={cardOf(columns)} ariaLabels={CARD_LABELS} />
        {footer}
      </>
    );
  }
  return (
    <Table
      {...list}
      columnDefinitions={columns}
      cellVerticalAlign="top"
      wrapLines
      stickyColumns={{ last: hasActions(columns) ? 1 : 0 }}
      footer={footer}
      ariaLabels={{ tableLabel: LABEL }}
    />
  );
}

const LABEL = 'Needs a decision';
const CARD_LABELS = { itemSelectionLabel: () => '', selectionGroupLabel: '', cardsLabel: LABEL };
const MAX_MARKERS = 2;

/** What happened, and what to do next. */
function Cause({ of: { decision, next_step: step } }: { of: WithDecision }) {
  const texts = useNextStepTexts();
  return (
    <>
      <div className="whole">{DECISIONS[decision.cause]}</div>
      {step && (
        <Box color="text-body-secondary" fontSize="body-s">
          {adviceFor(step, texts).text}
        </Box>
      )}
    </>
  );
}

const COLUMNS: ListColumn<WithDecision>[] = [
  {
    id: 'cause',
    header: 'Cause',
    cell: (one) => <Cause of={one} />,
    isRowHeader: true,
    minWidth: 240,
  },
  { id: 'user', header: 'User', cell: (one) => <User of={one} />, minWidth: 130, half: true },
  { id: 'owner', header: 'Owner', cell: (one) => <OwnerCell of={one} />, minWidth: 120, half: true },
  {
    id: 'since',
    header: 'Since',
    cell: ({ decision }) => <Timestamp at={decision.since} />,
    minWidth: 110,
    half: true,
  },
  {
    id: 'markers',
    header: 'Missing markers',
    cell: ({ decision, missing_results }) =>
      // Without any results, all of its markers are missing.
      decision.reason === 'order_failed' ? (
        'All'
      ) : (
        <MissingMarkers missing={missing_results} max={MAX_MARKERS} />
      ),
    minWidth: 160,
  },
  { id: 'orders', header: 'Orders', cell: (one) => <Orders of={one} />, minWidth: 140, half: true },
];

function actionColumn({ acknowledge }: AcknowledgementActions): ListColumn<WithDecision> {
  return {
    id: ACTION,
    header: 'Actions',
    cell: (one) => (
      <Button
        variant="inline-link"
        data-acknowledge="row"
        ariaLabel={`Record decision: ${one.redraw ? 'redraw' : 'order'} ${shortId(one.id)}`}
        onClick={() => acknowledge([one])}
      >
        Record decision
      </Button>
    ),
    minWidth: 140,
  };
}

import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useRef } from 'react';
import type { TransactionList } from '../../api/answers.ts';
import { shortId } from '../../components/identifier.tsx';
import { withPendingAcknowledgement } from '../../redraw/acknowledgement/changes.ts';
import {
  type AcknowledgementActions,
  useAcknowledgementActions,
} from '../../redraw/acknowledgement/use-acknowledgement-actions.tsx';
import { usePendingAcknowledgements } from '../../redraw/acknowledgement/use-acknowledgement-changes.ts';
import { MissingMarkers } from '../../redraw/missing-markers.tsx';
import { awaitsDecision, type WithRedraw } from '../../redraw/open-redraw.ts';
import { useNextStepTexts } from '../../session/configuration-context.tsx';
import { useHasScope } from '../../session/session-context.tsx';
import { keepFocusIn } from '../../shell/keep-focus.ts';
import { usePrinting } from '../../shell/printing/use-printing.ts';
import { Timestamp } from '../../time/timestamp.tsx';
import { DECISIONS } from '../../wording/decisions.ts';
import { adviceFor } from '../../wording/next-steps.ts';
import { Orders, User } from '../table/row-cells.tsx';

/** Redraws that ended without complete results, longest waiting first. Nothing if there are none. */
export default function DecisionsTable({ data }: { data: TransactionList | undefined }) {
  const pending = usePendingAcknowledgements();
  const may = useHasScope('redraws/write');
  const waiting = (data?.transactions ?? [])
    .map((one) => withPendingAcknowledgement(one, pending))
    .filter(awaitsDecision);
  const printing = usePrinting();
  const list = useRef<HTMLDivElement>(null);
  // The row and its button leave the list; with the last row, the list disappears.
  const acting = useAcknowledgementActions((of) =>
    keepFocusIn(waiting.length > of.length ? list.current : null),
  );
  return (
    <div ref={list} tabIndex={-1} className="decisions" data-opens-rows="">
      {waiting.length > 0 && (
        <Table
          header={
            <Header
              variant="h2"
              counter={data?.next_cursor ? `(${waiting.length}+)` : `(${waiting.length})`}
              description="These redraws ended without complete results. Junction takes no further action."
            >
              Needs a decision
            </Header>
          }
          items={waiting}
          trackBy="id"
          columnDefinitions={may && !printing ? [...COLUMNS, actionColumn(acting)] : COLUMNS}
          cellVerticalAlign="top"
          wrapLines
          footer={data?.next_cursor && <Alert type="info">More appear here as these are closed.</Alert>}
          ariaLabels={{ tableLabel: 'Needs a decision' }}
        />
      )}
      {acting.dialog}
    </div>
  );
}

const MAX_MARKERS = 2;

/** Why the redraw ended without complete results, and what to do next. */
function Cause({ of: { redraw, next_step: step } }: { of: WithRedraw }) {
  const texts = useNextStepTexts();
  if (!redraw.decision) return null;
  return (
    <>
      <div className="whole">{DECISIONS[redraw.decision.cause]}</div>
      {step && (
        <Box color="text-body-secondary" fontSize="body-s">
          {adviceFor(step, texts).text}
        </Box>
      )}
    </>
  );
}

const COLUMNS: TableProps.ColumnDefinition<WithRedraw>[] = [
  {
    id: 'cause',
    header: 'Cause',
    cell: (one) => <Cause of={one} />,
    isRowHeader: true,
    minWidth: 240,
  },
  {
    id: 'since',
    header: 'Since',
    cell: ({ redraw: { decision } }) => (decision?.since ? <Timestamp at={decision.since} /> : '–'),
    minWidth: 110,
  },
  {
    id: 'markers',
    header: 'Missing markers',
    cell: ({ redraw }) => <MissingMarkers missing={redraw.missing_results} max={MAX_MARKERS} />,
    minWidth: 160,
  },
  { id: 'orders', header: 'Orders', cell: (one) => <Orders of={one} />, minWidth: 140 },
  { id: 'user', header: 'User', cell: (one) => <User of={one} />, minWidth: 120 },
];

function actionColumn({ acknowledge }: AcknowledgementActions): TableProps.ColumnDefinition<WithRedraw> {
  return {
    id: 'action',
    header: 'Actions',
    cell: (one) => (
      <Button
        variant="inline-link"
        data-acknowledge="row"
        ariaLabel={`Record decision: redraw ${shortId(one.id)}`}
        onClick={() => acknowledge([one])}
      >
        Record decision
      </Button>
    ),
    minWidth: 140,
  };
}

import type { TableProps } from '@cloudscape-design/components/table';
import { Told } from '../../../../capabilities/messages/page/told.tsx';
import { OwnerCell } from '../../handling/owner-cell.tsx';
import type { AcknowledgementActions } from '../../redraw/acknowledgement/use-acknowledgement-actions.tsx';
import { MissingMarkers } from '../../redraw/missing-markers.tsx';
import type { WithRedraw } from '../../redraw/open-redraw.ts';
import { LabTests } from '../../transaction-list/lab-tests.tsx';
import type { SortKey } from '../view/view.ts';
import { Acknowledged, Due, OpenFor, Orders, User } from './row-cells.tsx';
import { WaitingOn } from './waiting-on.tsx';

export interface Column extends TableProps.ColumnDefinition<WithRedraw> {
  readonly id: string;
  readonly header: string;
  /** A longer header for cards. */
  readonly inFull?: string;
  /** Half the width of a card on a phone. */
  readonly half?: boolean;
}

const MAX_MARKERS = 2;

/** A table gives all extra width to its last column, so wide screens get wider columns. */
const ROOMY = matchMedia('(width >= 1700px)').matches;

interface ColumnOptions {
  /** Transactions with a pending acknowledgement. */
  readonly isSaving: (transaction: WithRedraw) => boolean;
  /** It was not there when the user last looked. */
  readonly isNew: (transaction: WithRedraw) => boolean;
  /** Null without the scope. */
  readonly acting: AcknowledgementActions | null;
  /** Whether patients get messages. */
  readonly messages: boolean;
}

/** The columns of the worklist: what, whose and who come first, because a laptop shows the first five of them. */
export function columnsOf({ isSaving, isNew, acting, messages }: ColumnOptions): Column[] {
  return [
    {
      ...sortable('due'),
      header: 'Due',
      width: 170,
      minWidth: 120,
      isRowHeader: true,
      cell: (one) => <Due of={one} isNew={isNew(one)} />,
    },
    {
      ...sortable('stage'),
      header: 'Waiting on',
      width: 160,
      minWidth: 110,
      half: true,
      cell: (one) => <WaitingOn of={one} />,
    },
    {
      ...sortable('user'),
      header: 'User',
      width: ROOMY ? 300 : 155,
      minWidth: 100,
      half: true,
      cell: (one) => <User of={one} />,
    },
    {
      ...sortable('owner'),
      header: 'Owner',
      width: ROOMY ? 200 : 155,
      minWidth: 110,
      half: true,
      cell: (one) => <OwnerCell of={one} />,
    },
    {
      ...sortable('open'),
      header: 'Open',
      inFull: 'Open for',
      width: 92,
      minWidth: 80,
      half: true,
      cell: (one) => <OpenFor of={one} />,
    },
    {
      ...sortable('markers'),
      header: 'Missing markers',
      width: ROOMY ? 360 : 180,
      minWidth: 120,
      cell: ({ redraw }) => <MissingMarkers missing={redraw.missing_results} max={MAX_MARKERS} />,
    },
    {
      ...sortable('test'),
      header: 'Lab test',
      width: 160,
      minWidth: 110,
      half: true,
      cell: ({ orders }) => <LabTests orders={orders} />,
    },
    {
      id: 'orders',
      header: 'Orders',
      width: 170,
      minWidth: 120,
      half: true,
      cell: (one) => <Orders of={one} />,
    },
    ...(messages ? [TOLD] : []),
    {
      ...sortable('acknowledged'),
      header: 'Acknowledged',
      width: 166,
      minWidth: 160,
      cell: (one) => <Acknowledged of={one} saving={isSaving(one)} acting={acting} />,
    },
  ];
}

const TOLD: Column = {
  ...sortable('told'),
  header: 'Patient',
  width: 150,
  minWidth: 120,
  half: true,
  cell: ({ told }) => <Told told={told} />,
};

/** Rows are already sorted; the table identifies a column by its field. */
function sortable(id: SortKey): { id: SortKey; sortingField: SortKey } {
  return { id, sortingField: id };
}

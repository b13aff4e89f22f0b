import Header from '@cloudscape-design/components/header';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { Insights } from '../api/answers.ts';
import { STAGES } from '../wording/status.ts';
import { type Days, medianText, p90Text, whole } from './figure-text.ts';

interface Row {
  readonly id: string;
  readonly stage: string;
  readonly order: Days;
  readonly redraw: Days;
}

/** How long each stage took, of first orders and of redraws. */
export function DaysTable({ insights: { total } }: { insights: Insights }) {
  const spans = [...STAGES, { id: 'until_results', text: 'Total, until results are complete' }] as const;
  const rows = spans.map(({ id, text }): Row => {
    return { id, stage: text, order: total.days[id], redraw: total.redraw_days[id] };
  });
  return (
    <Table
      variant="container"
      header={
        <Header
          variant="h2"
          description="Days from one step to the next. Only orders that are over count, in each step whose two times are known. Walk-in orders have no event for the draw, so most of them are not counted there. Redraws count from the time they became available."
        >
          Days per step
        </Header>
      }
      columnDefinitions={COLUMNS}
      items={rows}
      trackBy="id"
      enableKeyboardNavigation
    />
  );
}

const COLUMNS: TableProps.ColumnDefinition<Row>[] = [
  { id: 'stage', header: 'Waiting on', cell: ({ stage }) => stage, isRowHeader: true, minWidth: 170 },
  { id: 'order', header: 'First order: median', cell: ({ order }) => medianText(order), minWidth: 110 },
  { id: 'order-p90', header: '90th percentile', cell: ({ order }) => p90Text(order), minWidth: 110 },
  { id: 'order-count', header: 'Measured', cell: ({ order }) => whole(order.count), minWidth: 90 },
  { id: 'redraw', header: 'Redraw: median', cell: ({ redraw }) => medianText(redraw), minWidth: 110 },
  { id: 'redraw-p90', header: '90th percentile', cell: ({ redraw }) => p90Text(redraw), minWidth: 110 },
  { id: 'redraw-count', header: 'Measured', cell: ({ redraw }) => whole(redraw.count), minWidth: 90 },
];

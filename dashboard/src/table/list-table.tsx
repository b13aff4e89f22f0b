import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useNarrowScreen } from '../screen/use-narrow-screen.ts';
import { usePrinting } from '../screen/use-printing.ts';
import { useShortScreen } from '../screen/use-short-screen.ts';
import './list-table.css';

/** A column of a list; on a phone, a part of a card. */
export interface ListColumn<Item> extends TableProps.ColumnDefinition<Item> {
  readonly id: string;
  readonly header: string;
  /** Half the width of a card. */
  readonly half?: boolean;
}

/** Rows of a page of a list. */
export const PAGE_SIZE = 50;

interface ListTableProps<Item> extends Omit<TableProps<Item>, 'columnDefinitions' | 'ariaLabels'> {
  /** The accessible name. */
  readonly label: string;
  readonly columns: readonly ListColumn<Item>[];
  readonly ariaLabels?: TableProps['ariaLabels'];
}

/** A list: a table, whose rows are cards on a phone. The first column is the head of a card. */
export function ListTable<Item>({ label, columns, ariaLabels, ...table }: ListTableProps<Item>) {
  const printing = usePrinting();
  const short = useShortScreen();
  const narrow = useNarrowScreen();
  return (
    <div className="list">
      <Table
        // A table whose header is no longer sticky still reserves space for it, covering what is above.
        key={String(short)}
        stickyHeader={!printing && !short && !narrow}
        {...table}
        columnDefinitions={narrow ? columns.map(asPartOfCard) : columns}
        ariaLabels={{ tableLabel: label, ...ariaLabels }}
      />
    </div>
  );
}

/** On a phone the heads of the columns are not there, so each cell has its own. */
function asPartOfCard<Item>(column: ListColumn<Item>, index: number): ListColumn<Item> {
  return {
    ...column,
    cell: (item) => (
      <div className={`cell${column.half ? ' half' : ''}`}>
        {index > 0 && <div className="cell-head">{column.header}</div>}
        {column.cell(item)}
      </div>
    ),
  };
}

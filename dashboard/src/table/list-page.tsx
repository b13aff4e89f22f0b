import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { DefaultError, QueryKey, UseQueryOptions } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import type { ListPageRequest } from '../api/list-queries.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { Freshness } from '../time/freshness.tsx';
import { type ListColumn, ListTable, PAGE_SIZE } from './list-table.tsx';
import { useCursor } from './use-cursor.ts';
import { useOrder } from './use-order.ts';
import { usePagers } from './use-pagers.tsx';

interface ListPageProps<Item, Page, Key extends QueryKey> {
  /** The title of the page and of its table, as in "the match reviews". */
  readonly title: string;
  readonly description: string;
  /** The controls beside the title. */
  readonly actions?: ReactNode;
  /** The query of the page at a cursor. The cursor is the last part of its key. */
  readonly query: (page: ListPageRequest) => UseQueryOptions<Page, DefaultError, Page, Key>;
  readonly itemsOf: (page: Page) => readonly Item[];
  readonly trackBy: keyof Item & string;
  readonly columns: readonly ListColumn<Item>[];
  /** The ID of the column by which the API sorts the list, and the usual direction. */
  readonly sortedBy: { readonly column: string; readonly descending?: boolean };
  readonly empty: ReactNode;
}

/** A page with one paged list. */
export function ListPage<Item, Page extends { readonly next_cursor: string | null }, Key extends QueryKey>({
  title,
  description,
  actions,
  query,
  itemsOf,
  trackBy,
  columns,
  sortedBy,
  empty,
}: ListPageProps<Item, Page, Key>) {
  const place = useCursor();
  const { order, sorting, sortable } = useOrder(sortedBy);
  const asked = usePageQuery(query({ cursor: place.cursor, rows: PAGE_SIZE, order }));
  const { data, error, isPlaceholderData, refetch } = asked;
  const items = data ? itemsOf(data) : [];
  const next = data?.next_cursor ?? null;
  const pagers = usePagers(items.length, { place, next, loading: isPlaceholderData });
  const what = title.toLowerCase();
  const header = (
    <Header
      variant="h1"
      description={description}
      actions={
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          <Freshness of={[asked]} />
          {actions}
        </SpaceBetween>
      }
    >
      {title}
    </Header>
  );
  if (error && !data) {
    return (
      <SpaceBetween size="m">
        {header}
        <ErrorAlert error={error} what={`the ${what}`} retry={() => void refetch()} />
      </SpaceBetween>
    );
  }
  return (
    <div data-opens-rows="">
      <ListTable
        label={title}
        header={header}
        items={items}
        trackBy={trackBy}
        loading={!data}
        loadingText={`Loading ${what}`}
        empty={empty}
        variant="full-page"
        columns={columns.map(sortable)}
        {...sorting}
        {...pagers}
        wrapLines
      />
    </div>
  );
}

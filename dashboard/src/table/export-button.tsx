import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { errorMessage } from '../alerts/error-message.ts';
import { useNotify } from '../alerts/notifications.tsx';
import { type FetchItems, fetchAll } from '../api/list-pages.ts';
import { type CsvRow, saveCsv } from './csv.ts';

/** Bounds an export, and with it the requests to the API. */
const MOST = 10_000;

interface ExportButtonProps<Item> {
  /** The list and its filter, as in the key of a query. */
  readonly list: string;
  readonly fetchItems: (signal: AbortSignal) => FetchItems<Item>;
  readonly rowOf: (item: Item) => CsvRow;
  /** The file name before the date: "orders". */
  readonly name: string;
  /** The list is known to be empty. */
  readonly empty?: boolean;
}

/** Exports all entries of a list as CSV, not only the current page. The same button cancels. */
export function ExportButton<Item>({
  list,
  fetchItems,
  rowOf,
  name,
  empty = false,
}: ExportButtonProps<Item>) {
  const client = useQueryClient();
  const notify = useNotify();
  const running = useRef<AbortController>(null);
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = async () => {
    const stop = new AbortController();
    running.current = stop;
    setCount(0);
    try {
      const ask: FetchItems<Item> = (limit, cursor) =>
        client.fetchQuery({
          // Through the query client, for its retries; nothing is cached.
          queryKey: ['export', list, cursor ?? null],
          queryFn: () => fetchItems(stop.signal)(limit, cursor),
          gcTime: 0,
          staleTime: 0,
        });
      const { rows, cut } = await fetchAll(ask, rowOf, MOST, setCount);
      if (rows.length === 0) notify({ type: 'info', header: 'There is nothing to export' });
      else await saveCsv(name, rows);
      if (cut)
        notify({
          type: 'warning',
          header: `The file has only the first ${MOST.toLocaleString('en')} rows`,
          text: 'To export the rest, filter the list and export again.',
        });
    } catch (error) {
      if (stop.signal.aborted) return;
      const { header, text } = errorMessage(error as Error, 'the list');
      notify({ type: 'error', header, text: `${text} No file was saved.` });
    } finally {
      if (running.current === stop) {
        running.current = null;
        setCount(null);
      }
    }
  };
  const stop = () => {
    running.current?.abort();
    running.current = null;
    setCount(null);
  };
  return (
    <>
      <Button
        iconName={count === null ? 'download' : 'close'}
        disabled={empty && count === null}
        onClick={count === null ? () => void run() : stop}
      >
        {count === null ? 'Export CSV' : `Stop export (${count.toLocaleString('en')} rows)`}
      </Button>
      <LiveRegion hidden>{count === null ? '' : `Exporting, ${count} rows`}</LiveRegion>
    </>
  );
}

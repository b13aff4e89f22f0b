import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSearchParams } from 'wouter';
import { resultSourcesOf } from '../results/result-source.ts';
import { ResultSummary } from '../results/result-summary.tsx';
import { ResultsButtons } from '../results/results-buttons.tsx';
import { usePageTitle } from '../screen/page-title.ts';
import { useHasScope } from '../session/session-context.tsx';
import { withFilter } from '../table/with-filter.ts';
import { AGE, LAB_TEST, MISSING, ORDERS, REPORTED, userColumn } from '../transaction-list/columns.tsx';
import { RESULT_OPTIONS, selectedOption } from '../transaction-list/filters.ts';
import { filterIn, isFiltered, ListFilter } from '../transaction-list/list-filter.tsx';
import { sortOf, useListSorting } from '../transaction-list/list-sorting.ts';
import { TransactionListView } from '../transaction-list/transaction-list.tsx';

/** Every transaction with results, complete or not: partial results are available while an order is in progress. */
export default function ResultsPage() {
  usePageTitle('Results');
  const may = useHasScope('results/read');
  const [params, setParams] = useSearchParams();
  const choice = selectedOption(RESULT_OPTIONS, params.get('show'));
  const user = params.get('user') ?? '';
  const columns = [
    userColumn((id) => `/results?${withFilter(params, 'user', id)}`),
    REPORTED,
    MISSING,
    ORDERS,
    LAB_TEST,
    AGE,
  ];
  // The API lists a user's transactions by creation only.
  const byReport = useListSorting(['results_at', 'created_at']);
  const byCreation = useListSorting(['created_at']);
  const sorting = user === '' ? byReport : byCreation;
  return (
    <TransactionListView
      title="Results"
      description={
        may
          ? 'Transactions with results, partial or final'
          : 'Transactions with results, partial or final. Your account doesn’t have permission to open results.'
      }
      what="results"
      columns={columns}
      below={(transaction) => (
        <>
          {may && <ResultSummary of={transaction} />}
          <ResultsButtons sources={resultSourcesOf(transaction)} />
        </>
      )}
      filter={{ ...filterIn(params), ...choice.filter, ...sortOf(sorting) }}
      sorting={sorting}
      unfiltered={choice.id === '' && !isFiltered(params)}
      showAll={() => setParams({})}
      nothingYet="Results appear when a lab reports them."
      controls={
        <SpaceBetween size="xs">
          <SegmentedControl
            label="Show results"
            selectedId={choice.id}
            options={RESULT_OPTIONS.map(({ id, text }) => ({ id, text }))}
            onChange={({ detail }) => setParams((now) => withFilter(now, 'show', detail.selectedId))}
          />
          <ListFilter of="results" />
        </SpaceBetween>
      }
    />
  );
}

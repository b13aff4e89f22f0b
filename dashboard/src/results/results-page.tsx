import SegmentedControl from '@cloudscape-design/components/segmented-control';
import { useSearchParams } from 'wouter';
import { useHasScope } from '../session/session-context.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { MISSING, ORDERS, REPORTED, userColumn } from '../transaction-list/columns.tsx';
import { RESULT_OPTIONS, selectedOption, withFilter } from '../transaction-list/filters.ts';
import { TransactionListView } from '../transaction-list/transaction-list.tsx';
import { UserFilter } from '../transaction-list/user-filter.tsx';
import { resultSourcesOf } from './result-source.ts';
import { ResultsButtons } from './results-buttons.tsx';

/** Every transaction with results, complete or not: partial results are available while an order is in progress. */
export default function ResultsPage() {
  usePageTitle('Results');
  const may = useHasScope('results/read');
  const [params, setParams] = useSearchParams();
  const choice = selectedOption(RESULT_OPTIONS, params.get('show'));
  const user = params.get('user') ?? '';
  const set = (name: string, value: string) => setParams((now) => withFilter(now, name, value));
  const columns = [
    MISSING,
    ORDERS,
    userColumn((id) => `/results?${withFilter(params, 'user', id)}`),
    REPORTED,
  ];
  return (
    <TransactionListView
      title="Results"
      description={
        may
          ? 'Transactions with results, partial or final, most recently ordered first'
          : 'Transactions with results, partial or final, most recently ordered first. Your account doesn’t have permission to open results.'
      }
      what="results"
      columns={columns}
      below={(transaction) => <ResultsButtons sources={resultSourcesOf(transaction)} />}
      filter={{ ...choice.filter, ...(user !== '' && { user }) }}
      unfiltered={choice.id === '' && user === ''}
      showAll={() => setParams({})}
      nothingYet="Results appear when a lab reports them."
      controls={
        <div className="transaction-filters">
          <SegmentedControl
            label="Show results"
            selectedId={choice.id}
            options={RESULT_OPTIONS.map(({ id, text }) => ({ id, text }))}
            onChange={({ detail }) => set('show', detail.selectedId)}
          />
          <div className="user">
            <UserFilter user={user} onChoose={(id) => set('user', id)} />
          </div>
        </div>
      }
    />
  );
}

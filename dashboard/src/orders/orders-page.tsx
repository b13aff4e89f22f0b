import Select from '@cloudscape-design/components/select';
import { useSearchParams } from 'wouter';
import { usePageTitle } from '../screen/page-title.ts';
import { AGE, LAB_TEST, ORDERS, userColumn } from '../transaction-list/columns.tsx';
import {
  type FilterOption,
  OUTCOME_OPTIONS,
  STATUS_OPTIONS,
  selectedOption,
  TAG_OPTIONS,
  withFilter,
} from '../transaction-list/filters.ts';
import { sortOf, useListSorting } from '../transaction-list/list-sorting.ts';
import { isOrderFiltered, OrderFilters, orderFilterIn } from '../transaction-list/order-filters.tsx';
import { TransactionListView } from '../transaction-list/transaction-list.tsx';
import { UserFilter } from '../transaction-list/user-filter.tsx';

/** Every transaction with its orders, newest first. */
export default function OrdersPage() {
  usePageTitle('Orders');
  const [params, setParams] = useSearchParams();
  const status = selectedOption(STATUS_OPTIONS, params.get('status'));
  const outcome = selectedOption(OUTCOME_OPTIONS, params.get('outcome'));
  const tag = selectedOption(TAG_OPTIONS, params.get('tag'));
  const user = params.get('user') ?? '';
  const set = (name: string, value: string) => setParams((now) => withFilter(now, name, value));
  // The tag filters by outcome too, so setting one of the two clears the other.
  const replace = (other: string, name: string, value: string) =>
    setParams((now) => withFilter(withFilter(now, other, ''), name, value));
  const sorting = useListSorting(['created_at']);
  const columns = [ORDERS, LAB_TEST, userColumn((id) => `/orders?${withFilter(params, 'user', id)}`), AGE];
  return (
    <TransactionListView
      title="Orders"
      description="Orders grouped by transaction"
      what="orders"
      columns={columns}
      filter={{
        ...status.filter,
        ...tag.filter,
        ...outcome.filter,
        ...orderFilterIn(params),
        ...sortOf(sorting),
        ...(user !== '' && { user }),
      }}
      sorting={sorting}
      unfiltered={[status.id, outcome.id, tag.id, user].every((id) => id === '') && !isOrderFiltered(params)}
      showAll={() => setParams({})}
      nothingYet="Orders appear when Junction sends the first webhook, or when your system registers an order."
      controls={
        <div className="transaction-filters">
          <FilterSelect
            label="Outcome"
            options={OUTCOME_OPTIONS}
            selected={outcome}
            onSelect={(id) => replace('tag', 'outcome', id)}
          />
          <FilterSelect
            label="Status"
            options={STATUS_OPTIONS}
            selected={status}
            onSelect={(id) => set('status', id)}
          />
          <FilterSelect
            label="Tag"
            options={TAG_OPTIONS}
            selected={tag}
            onSelect={(id) => replace('outcome', 'tag', id)}
          />
          <OrderFilters params={params} set={set} />
          <div className="user">
            <UserFilter user={user} onChoose={(id) => set('user', id)} />
          </div>
        </div>
      }
    />
  );
}

interface FilterSelectProps {
  readonly label: string;
  readonly options: readonly FilterOption[];
  readonly selected: FilterOption;
  readonly onSelect: (id: string) => void;
}

function FilterSelect({ label, options, selected, onSelect }: FilterSelectProps) {
  return (
    <div className="select">
      <Select
        inlineLabelText={label}
        options={options.map(selectOption)}
        selectedOption={selectOption(selected)}
        onChange={({ detail }) => onSelect(detail.selectedOption.value ?? '')}
      />
    </div>
  );
}

function selectOption({ id, text }: FilterOption) {
  return { value: id, label: text };
}

import Select from '@cloudscape-design/components/select';
import { useSearchParams } from 'wouter';
import { usePageTitle } from '../shell/page-title.ts';
import { AGE, MODALITY, ORDERS, userColumn } from '../transaction-list/columns.tsx';
import {
  chosen,
  STATE_CHOICES,
  STATE_GROUPS,
  type StateChoice,
  withFilter,
} from '../transaction-list/filters.ts';
import { TransactionListView } from '../transaction-list/transaction-list.tsx';
import { UserFilter } from '../transaction-list/user-filter.tsx';

/** Every transaction with its orders, newest first. */
export default function OrdersPage() {
  usePageTitle('Orders');
  const [params, setParams] = useSearchParams();
  const choice = chosen(STATE_CHOICES, params.get('state'));
  const user = params.get('user') ?? '';
  const set = (name: string, value: string) => setParams((now) => withFilter(now, name, value));
  const columns = [ORDERS, MODALITY, userColumn((id) => `/orders?${withFilter(params, 'user', id)}`), AGE];
  return (
    <TransactionListView
      title="Orders"
      description="Orders by the transaction they belong to, the newest first"
      what="orders"
      columns={columns}
      filter={{ ...choice.filter, ...(user !== '' && { user }) }}
      unfiltered={choice.id === '' && user === ''}
      showAll={() => setParams({})}
      nothingYet="They appear as soon as Junction sends the first webhook, or the first order is registered."
      controls={
        <div className="transaction-filters">
          <div className="state">
            <Select
              inlineLabelText="State"
              options={groups}
              selectedOption={optionOf(choice)}
              onChange={({ detail }) => set('state', detail.selectedOption.value ?? '')}
            />
          </div>
          <div className="user">
            <UserFilter user={user} onChoose={(id) => set('user', id)} />
          </div>
        </div>
      }
    />
  );
}

const groups = STATE_GROUPS.map(({ text, choices }) => ({ label: text, options: choices.map(optionOf) }));

function optionOf({ id, text }: StateChoice) {
  return { value: id, label: text };
}

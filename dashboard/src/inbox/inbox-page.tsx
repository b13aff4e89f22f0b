import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import { AllClear } from '../components/all-clear.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { usePageTitle } from '../screen/page-title.ts';
import { useHasScope } from '../session/session-context.tsx';
import { ListTabs } from '../table/list-tabs.tsx';
import { Freshness } from '../time/freshness.tsx';
import { InboxList } from './inbox-list.tsx';
import { GROUPS, type Group, type InboxRow } from './rows.ts';
import { useInbox } from './use-inbox.ts';
import '../worklist/worklist.css';

const TABS = [{ id: 'all', text: 'All' }, ...GROUPS] as const;
type Tab = (typeof TABS)[number]['id'];

/** Results for a clinician: one queue, the most urgent first. */
export default function InboxPage() {
  const may = useHasScope('results/read');
  return (
    <div className="worklist">
      {may ? (
        <Inbox />
      ) : (
        <Title rows={[]}>
          <Alert type="info">
            Your account doesn’t have permission to open results. Orders shows which transactions have some.
          </Alert>
        </Title>
      )}
    </div>
  );
}

function Inbox() {
  const [params, setParams] = useSearchParams();
  const all = params.get('reviewed') === 'any';
  const tab = TABS.find(({ id }) => id === params.get('show'))?.id ?? 'all';
  const { rows, queries, loading, more, error, criticalArrived, refresh } = useInbox(all);
  const go = (show: Tab, reviewed: boolean) =>
    setParams(new URLSearchParams({ ...(show !== 'all' && { show }), ...(reviewed && { reviewed: 'any' }) }));
  const arrival = { names: 'labtest.result.critical', arrived: criticalArrived };
  return (
    <>
      <Title rows={rows ?? []}>
        <p className="worklist-figures">
          {all ? 'All results.' : 'What nobody has reviewed.'}{' '}
          <button type="button" className="as-link screen-only" onClick={() => go(tab, !all)}>
            {all ? 'Show only what nobody has reviewed' : 'Show reviewed results too'}
          </button>
        </p>
        <Freshness of={queries} />
      </Title>
      {error && (
        <ErrorAlert error={error} what={rows ? 'part of the results' : 'the results'} retry={refresh} />
      )}
      {more && (
        <Box color="text-body-secondary">Only the newest 500 are here. Orders has all transactions.</Box>
      )}
      <ListTabs
        // Where interpretations are kept, nothing is without one.
        tabs={TABS.filter(({ id }) => id !== 'uninterpreted' || (rows && rowsIn(id, rows).length > 0))}
        tab={tab}
        choose={(id) => go(id, all)}
        countOf={(id) => (loading && id !== 'critical' ? null : rowsIn(id, rows ?? []).length)}
      />
      {(rows || !error) && (
        <InboxList
          key={`${tab} ${all}`}
          rows={rows && rowsIn(tab, rows)}
          all={all}
          empty={
            rows?.length === 0 ? (
              <AllClear header={all ? 'No results yet' : 'Nothing to review'} events={arrival} />
            ) : tab === 'critical' ? (
              <AllClear header="No open critical results" events={arrival} />
            ) : (
              <EmptyState header="Nothing here">The other lists have more.</EmptyState>
            )
          }
        />
      )}
    </>
  );
}

function Title({ rows, children }: { rows: readonly InboxRow[]; children: ReactNode }) {
  const urgent = rows.filter(({ group, review }) => review === null && isUrgent(group)).length;
  usePageTitle(urgent > 0 ? `(${urgent}) Clinical inbox` : 'Clinical inbox');
  return (
    <div className="worklist-head">
      <Box variant="h1" fontSize="heading-l">
        Clinical inbox
      </Box>
      {children}
    </div>
  );
}

const isUrgent = (group: Group) => group === 'critical' || group === 'abnormal';
const rowsIn = (tab: Tab, rows: readonly InboxRow[]) =>
  tab === 'all' ? rows : rows.filter(({ group }) => group === tab);

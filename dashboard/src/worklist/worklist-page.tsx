import Box from '@cloudscape-design/components/box';
import { Suspense, useState } from 'react';
import { useSearchParams } from 'wouter';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import { AllClear } from '../components/all-clear.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { usePreferences } from '../preferences/use-preferences.ts';
import { lazyPage } from '../screen/lazy-page.ts';
import { usePageTitle } from '../screen/page-title.ts';
import { usePerson } from '../session/session-context.tsx';
import { ListTabs } from '../table/list-tabs.tsx';
import { duration } from '../time/format.ts';
import { Freshness } from '../time/freshness.tsx';
import { useNow } from '../time/use-now.ts';
import { readView } from './address.ts';
import { WorkList } from './list.tsx';
import type { WorkRow } from './rows.ts';
import { figuresOf, rowsIn, TABS, type Tab, tabNamed } from './tabs.ts';
import { useLists } from './use-lists.ts';
import './worklist.css';

const AgeChart = lazyPage(() => import('./age-chart.tsx'));

/** What needs a person, the most urgent first. */
export default function WorklistPage() {
  const [params, setParams] = useSearchParams();
  const tab = tabNamed(params.get('show'));
  const [opened, setOpened] = useState(0);
  const { rows, queries, error, loading, more, refresh } = useLists();
  const { name: me } = usePerson();
  const now = useNow();
  const reader = { me, now };
  const shown = rows && rowsIn(tab, rows, reader);
  const toDo = rows?.filter(({ rank }) => rank < 4).length ?? 0;
  usePageTitle(toDo > 0 ? `(${toDo}) Worklist` : 'Worklist');
  const choose = (id: Tab) => setParams(new URLSearchParams(id === 'all' ? {} : { show: id }));
  return (
    <div className="worklist">
      <div className="worklist-head">
        <Box variant="h1" fontSize="heading-l">
          Worklist
        </Box>
        {rows && <Figures rows={rows} loading={loading} later={() => choose('later')} />}
        <Freshness of={queries} />
      </div>
      {error && (
        <ErrorAlert error={error} what={rows ? 'part of the worklist' : 'the worklist'} retry={refresh} />
      )}
      {more && (
        <Box color="text-body-secondary">
          Only the 1,000 most overdue redraws are here. Orders has all of them.
        </Box>
      )}
      <ListTabs
        // "Later" shows only while it is open.
        tabs={TABS.filter(({ id }) => id !== 'later' || tab === 'later')}
        tab={tab}
        choose={choose}
        countOf={(id) => (loading ? null : rowsIn(id, rows ?? [], reader).length)}
      />
      <Chart rows={shown} />
      {(shown || !error) && (
        <WorkList
          // Another list starts with its own filter, sort order and page.
          key={`${tab} ${opened}`}
          rows={shown}
          first={readView(params)}
          onMoved={() => setOpened((times) => times + 1)}
          loading={loading}
          empty={
            rows?.length === 0 ? (
              <AllClear header="Nothing needs you" />
            ) : (
              <EmptyState header={EMPTY[tab]}>
                {tab === 'all' ? null : 'The other lists have more.'}
              </EmptyState>
            )
          }
        />
      )}
    </div>
  );
}

const EMPTY: Readonly<Record<Tab, string>> = {
  mine: 'Nothing is yours',
  unassigned: 'Everything has an owner',
  today: 'No follow-up is due today',
  decisions: 'Nothing needs a decision',
  'not-reached': 'No patient could not be reached',
  all: 'Everything waits for a later follow-up',
  later: 'Nothing waits for a later follow-up',
};

interface FiguresProps {
  readonly rows: readonly WorkRow[];
  readonly loading: boolean;
  readonly later: () => void;
}

/** "347 open, 201 overdue, oldest 40 days." */
function Figures({ rows, loading, later }: FiguresProps) {
  const { name: me } = usePerson();
  const now = useNow();
  const [{ chart = false }, change] = usePreferences();
  const { open, overdue, oldest } = figuresOf(rows, { me, now });
  const hidden = rowsIn('later', rows, { me, now }).length;
  const count = (value: number) => value.toLocaleString('en');
  return (
    <p className="worklist-figures">
      {loading ? (
        `${count(open)} redraws so far, loading the rest…`
      ) : (
        <>
          {count(open)} open redraws,{' '}
          <span className={overdue > 0 ? 'loud' : ''}>{count(overdue)} overdue</span>
          {oldest !== null && `, oldest ${duration(oldest)}`}
          {hidden > 0 && (
            <>
              {', '}
              <button type="button" className="as-link" onClick={later}>
                {count(hidden)} hidden until {hidden === 1 ? 'its' : 'their'} follow-up
              </button>
            </>
          )}
        </>
      )}{' '}
      <button
        type="button"
        className="as-link screen-only"
        aria-pressed={chart}
        onClick={() => change({ chart: !chart })}
      >
        {chart ? 'Hide chart' : 'Chart'}
      </button>
    </p>
  );
}

function Chart({ rows }: { readonly rows: readonly WorkRow[] | undefined }) {
  const [{ chart = false }] = usePreferences();
  return chart && rows ? (
    <Suspense>
      <AgeChart rows={rows} />
    </Suspense>
  ) : null;
}

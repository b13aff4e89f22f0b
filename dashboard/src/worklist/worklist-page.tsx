import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Suspense, useMemo } from 'react';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import type { Transaction } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { decisionsQuery, redrawsQuery } from '../api/queries.ts';
import { useQueryWithLastError } from '../api/use-query-with-last-error.ts';
import { AllClear } from '../components/all-clear.tsx';
import { EmptyState } from '../components/empty-state.tsx';
import { PrintOnly } from '../components/print-only.tsx';
import { isPostponed } from '../handling/postponed.ts';
import { withPendingAcknowledgement } from '../redraw/acknowledgement/changes.ts';
import { usePendingAcknowledgements } from '../redraw/acknowledgement/use-acknowledgement-changes.ts';
import { hasOpenRedraw } from '../redraw/open-redraw.ts';
import { lazyPage } from '../screen/lazy-page.ts';
import { usePageTitle } from '../screen/page-title.ts';
import { usePerson } from '../session/session-context.tsx';
import { Freshness } from '../time/freshness.tsx';
import { useNow } from '../time/use-now.ts';
import { LoadingRest } from './loading-rest.tsx';
import { Overview } from './overview/overview.tsx';
import { TruncatedAlert } from './truncated-alert.tsx';
import { decisionsIn, isShownNow } from './view/filter-and-sort.ts';
import { useView } from './view/use-view.ts';
import { viewText } from './view/view-text.ts';
import { ViewsBar } from './views/views-bar.tsx';
import { Worklist } from './worklist.tsx';
import './worklist.css';

// Loaded lazily: on most days nothing needs a decision.
const DecisionsTable = lazyPage(() => import('./decisions/decisions-table.tsx'));

/** The worklist: open redraws, most overdue first. */
export default function WorklistPage() {
  usePageTitle('Worklist');
  const place = useView();
  const api = useApi();
  const redraws = useQueryWithLastError(redrawsQuery(api));
  const decisions = useQueryWithLastError(decisionsQuery(api));
  const asked = usePendingAcknowledgements();
  const open = useMemo(
    () =>
      redraws.data?.transactions.filter(hasOpenRedraw).map((one) => withPendingAcknowledgement(one, asked)),
    [redraws.data, asked],
  );
  const now = useNow();
  const { name: me } = usePerson();
  const shown = open?.filter((one) => isShownNow(place.view, one, now));
  const isHidden = (one: Transaction) => isPostponed(one, now) && !isShownNow(place.view, one, now);
  const toDecide = decisions.data && decisionsIn(decisions.data.transactions, place.view, now, me);
  const both = [redraws, decisions];
  const all = both.flatMap(({ data }) => data?.transactions ?? []);
  const later = all.filter(isHidden).length;
  const loadingRest = redraws.data?.loading ?? false;
  const refresh = () => {
    for (const { refetch } of both) void refetch();
  };
  return (
    <SpaceBetween size="s">
      <Header
        variant="h1"
        description={
          <>
            Open redraws that need follow-up. Completed ones drop off automatically.
            <PrintOnly>
              <div>{viewText(place.view)}</div>
            </PrintOnly>
          </>
        }
        actions={<Freshness of={both} />}
      >
        Worklist
      </Header>
      {redraws.error && !open && <ErrorAlert error={redraws.error} what="the worklist" retry={refresh} />}
      {/* If both fail, one alert is enough. */}
      {decisions.error && !decisions.data && !(redraws.error && !open) && (
        <ErrorAlert error={decisions.error} what="what needs a decision" retry={refresh} />
      )}
      <ViewsBar place={place} later={loadingRest ? undefined : later} />
      {toDecide && toDecide.length > 0 && (
        <Suspense>
          <DecisionsTable of={toDecide} more={decisions.data?.next_cursor != null} />
        </Suspense>
      )}
      {place.view.decisions && toDecide?.length === 0 && (
        <NothingToDecide atAll={decisions.data?.transactions.length === 0} />
      )}
      {redraws.data?.more && <TruncatedAlert />}
      {loadingRest && <LoadingRest read={open?.length ?? 0} />}
      {!place.view.decisions && shown && shown.length > 0 && (
        <Overview
          transactions={shown}
          hidden={open?.filter(isHidden) ?? []}
          loading={loadingRest}
          place={place}
        />
      )}
      {!place.view.decisions && (shown || !redraws.error) && (
        <Worklist
          open={shown}
          offered={all}
          none={open?.length === 0}
          loadingRest={loadingRest}
          asked={asked}
          place={place}
        />
      )}
    </SpaceBetween>
  );
}

/** @param atAll whether nobody has to decide anything, whatever the view */
function NothingToDecide({ atAll }: { atAll: boolean }) {
  const header = 'Nothing needs a decision';
  return atAll ? <AllClear header={header} /> : <EmptyState header={header}>{null}</EmptyState>;
}

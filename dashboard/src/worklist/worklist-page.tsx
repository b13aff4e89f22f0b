import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo } from 'react';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import { useApi } from '../api/api-context.tsx';
import { decisionsQuery, redrawsQuery } from '../api/queries.ts';
import { useQueryWithLastError } from '../api/use-query-with-last-error.ts';
import { withPendingAcknowledgement } from '../redraw/acknowledgement/changes.ts';
import { usePendingAcknowledgements } from '../redraw/acknowledgement/use-acknowledgement-changes.ts';
import { hasOpenRedraw } from '../redraw/open-redraw.ts';
import { usePageTitle } from '../shell/page-title.ts';
import { LastUpdated } from '../time/last-updated.tsx';
import { DecisionsTable } from './decisions/decisions-table.tsx';
import { Overview } from './overview/overview.tsx';
import { MoreThanShown } from './truncated-alert.tsx';
import { useView } from './view/use-view.ts';
import { Worklist } from './worklist.tsx';
import './worklist.css';

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
  const both = [redraws, decisions];
  const loaded = both.filter(({ data }) => data);
  const refresh = () => {
    for (const { refetch } of both) void refetch();
  };
  return (
    <SpaceBetween size="s">
      <Header
        variant="h1"
        description="Open redraws that need follow-up. Completed ones drop off automatically."
        actions={
          loaded.length > 0 && (
            <LastUpdated
              at={Math.min(...loaded.map(({ dataUpdatedAt }) => dataUpdatedAt))}
              failing={both.some(({ error }) => error !== null)}
              fetching={both.some(({ isFetching }) => isFetching)}
              onRefresh={refresh}
            />
          )
        }
      >
        Worklist
      </Header>
      {redraws.error && !open && <ErrorAlert error={redraws.error} what="the worklist" retry={refresh} />}
      {/* If both fail, one alert is enough. */}
      {decisions.error && !decisions.data && !(redraws.error && !open) && (
        <ErrorAlert error={decisions.error} what="the redraws that need a decision" retry={refresh} />
      )}
      <DecisionsTable data={decisions.data} />
      {redraws.data?.more && <MoreThanShown />}
      {open && open.length > 0 && <Overview transactions={open} place={place} />}
      {(open || !redraws.error) && <Worklist open={open} asked={asked} place={place} />}
    </SpaceBetween>
  );
}

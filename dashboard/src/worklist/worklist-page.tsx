import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo } from 'react';
import { useApi } from '../api/api-context.tsx';
import { redrawsQuestion } from '../api/questions.ts';
import { useAnswer } from '../api/use-answer.ts';
import { asAskedFor } from '../redraw/acknowledgement-changes.ts';
import { useAskedFor } from '../redraw/acknowledging.ts';
import { hasOpenRedraw } from '../redraw/open.ts';
import { Fault } from '../shell/fault.tsx';
import { usePageTitle } from '../shell/page-title.ts';
import { Updated } from '../time/updated.tsx';
import { MoreThanShown } from './more-than-shown.tsx';
import { Overview } from './overview.tsx';
import { useView } from './use-view.ts';
import { Worklist } from './worklist.tsx';
import './worklist.css';

/** What is to be done today: the open redraws, most overdue first. */
export default function WorklistPage() {
  usePageTitle('Worklist');
  const place = useView();
  const { data, error, isFetching, dataUpdatedAt, refetch } = useAnswer(redrawsQuestion(useApi()));
  const asked = useAskedFor();
  const open = useMemo(
    () => data?.transactions.filter(hasOpenRedraw).map((one) => asAskedFor(one, asked)),
    [data, asked],
  );
  const retry = () => void refetch();
  return (
    <SpaceBetween size="s">
      <Header
        variant="h1"
        description="Redraws that somebody has still to act on. One leaves the list when it is done."
        actions={
          data && <Updated at={dataUpdatedAt} failing={error !== null} fetching={isFetching} again={retry} />
        }
      >
        Worklist
      </Header>
      {error && !open && <Fault error={error} what="the worklist" retry={retry} />}
      {data?.more && <MoreThanShown />}
      {open && open.length > 0 && <Overview transactions={open} place={place} />}
      {(open || !error) && <Worklist open={open} asked={asked} place={place} />}
    </SpaceBetween>
  );
}

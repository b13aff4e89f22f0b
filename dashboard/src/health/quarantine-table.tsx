import Alert, { type AlertProps } from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useEffect, useMemo, useRef, useState } from 'react';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import type { Quarantined } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { type QuarantineView, quarantineQuery } from '../api/list-queries.ts';
import { usePageQuery } from '../api/use-page-query.ts';
import { useNarrowScreen } from '../screen/use-narrow-screen.ts';
import { DismissDialog } from './dismiss-dialog.tsx';
import { columnsOf, RECEIVED } from './quarantine-columns.tsx';
import { ReplayAllDialog } from './replay-all-dialog.tsx';
import { type ReplayReport, replayReport } from './replay-report.ts';
import { STATES, useQuarantineView } from './use-quarantine-view.ts';

const EMPTY: Readonly<Record<QuarantineView['state'], string>> = {
  waiting: 'No webhooks are waiting.',
  replayed: 'No webhooks were processed by a replay. Deleted ones are no longer listed.',
  dismissed: 'No webhooks were dismissed. Deleted ones are no longer listed.',
};

interface Dialog {
  readonly asks: 'dismiss' | 'replay all';
  readonly item: Quarantined;
}

/** Webhooks with a valid signature that could not be parsed. They can be replayed or dismissed. */
export function QuarantineTable() {
  const api = useApi();
  const { view, cursor, showState, sort, turnTo } = useQuarantineView();
  const { data, error, refetch } = usePageQuery(quarantineQuery(api, view, cursor));
  // The dialogs outlive their rows, which a refresh can remove from the list.
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const [report, setReport] = useState<ReplayReport | null>(null);
  const narrow = useNarrowScreen();
  const columns = useMemo(
    () =>
      columnsOf(
        view.state,
        {
          dismiss: (item) => setDialog({ asks: 'dismiss', item }),
          replayAll: (item) => setDialog({ asks: 'replay all', item }),
        },
        narrow,
      ),
    [view.state, narrow],
  );
  const header = (
    <Header
      variant="h2"
      description="Webhooks with a valid signature that we couldn’t parse. After a fix, replay them. Dismiss what nobody needs."
      actions={
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          {cursor && <Button onClick={() => turnTo(null)}>First page</Button>}
          {data?.next_cursor && <Button onClick={() => turnTo(data.next_cursor)}>Next page</Button>}
          <SegmentedControl
            selectedId={view.state}
            options={STATES}
            onChange={({ detail }) => showState(detail.selectedId)}
            label="State of the webhooks"
          />
        </SpaceBetween>
      }
    >
      Quarantine
    </Header>
  );
  return (
    <SpaceBetween size="s">
      {report && <Report of={report} onDismiss={() => setReport(null)} />}
      {error && !data ? (
        <>
          {header}
          <ErrorAlert error={error} what="the quarantine" retry={() => void refetch()} />
        </>
      ) : (
        <Table
          header={header}
          items={data?.quarantined ?? []}
          trackBy="id"
          loading={!data}
          loadingText="Loading quarantine"
          columnDefinitions={columns}
          sortingColumn={RECEIVED}
          sortingDescending={view.order === 'desc'}
          onSortingChange={({ detail }) => sort(detail.isDescending ?? false)}
          wrapLines
          stickyColumns={{ last: narrow ? 0 : 1 }}
          empty={<Box textAlign="center">{EMPTY[view.state]}</Box>}
          ariaLabels={{ tableLabel: 'Quarantine' }}
        />
      )}
      {dialog?.asks === 'dismiss' && <DismissDialog item={dialog.item} onDismiss={() => setDialog(null)} />}
      {dialog?.asks === 'replay all' && (
        <ReplayAllDialog
          reason={dialog.item.reason}
          onClose={(progress) => {
            setDialog(null);
            if (progress) setReport(replayReport(progress));
          }}
        />
      )}
    </SpaceBetween>
  );
}

/** Takes the focus, because the button that started the replay may have left the list. */
function Report({ of, onDismiss }: { of: ReplayReport; onDismiss: () => void }) {
  const alert = useRef<AlertProps.Ref>(null);
  useEffect(() => {
    if (of) alert.current?.focus();
  }, [of]);
  return (
    <Alert
      ref={alert}
      type={of.type}
      header={of.header}
      dismissible
      dismissAriaLabel="Dismiss message"
      onDismiss={onDismiss}
    >
      {of.lines.length > 0 && (
        <ul>
          {of.lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
    </Alert>
  );
}

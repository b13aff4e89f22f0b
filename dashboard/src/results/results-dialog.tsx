import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Notification } from '../alerts/notifications.tsx';
import { useApi } from '../api/api-context.tsx';
import { transactionQuery } from '../api/queries.ts';
import { shortId } from '../components/identifier.tsx';
import { CriticalAcknowledgement } from './critical-acknowledgement.tsx';
import { Report } from './lab-report-view.tsx';
import { PdfButton } from './pdf-button.tsx';
import type { ResultSource } from './result-source.ts';
import { PrintedSubject } from './result-subject.tsx';
import { ResultsErrorAlert } from './results-error-alert.tsx';
import { resultsQuery } from './results-query.ts';
import { ReviewControl } from './review-control.tsx';
import { useReview } from './use-review.ts';

interface ResultsDialogProps {
  /** Of one transaction. */
  readonly sources: readonly ResultSource[];
  /** Opens the next results of the list that these are of. */
  readonly next: (() => void) | undefined;
  readonly onClose: () => void;
}

/** Results, fetched from Junction and kept only while the dialog is open. */
export default function ResultsDialog({ sources, next, onClose }: ResultsDialogProps) {
  const api = useApi();
  const reports = useQueries({ queries: sources.map(({ path }) => resultsQuery(api, path)) });
  const [notification, notify] = useState<Notification | null>(null);
  // Of when the dialog was opened: what is reported since is not reviewed unseen.
  const resultsAt = sources.find(({ reportedAt }) => reportedAt !== null)?.reportedAt ?? null;
  const transactionId = sources[0]?.transactionId ?? '';
  const { data: transaction } = useQuery(transactionQuery(api, transactionId));
  const reviewing = useReview(transactionId);
  const loaded = reports.every(({ data }) => data !== undefined);
  const [only] = sources.length === 1 ? sources : [];
  const clientUserId = sources[0]?.clientUserId ?? null;
  return (
    <Modal
      visible
      size="large"
      header={`Results for ${only?.name ?? `transaction ${shortId(transactionId)}`}`}
      closeAriaLabel="Close results"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            {sources.map(
              (source, index) =>
                reports[index]?.data && (
                  <PdfButton
                    key={source.path}
                    path={`${source.path}.pdf`}
                    name={source.name}
                    variant="normal"
                    notify={notify}
                  />
                ),
            )}
            <Button onClick={onClose}>Close</Button>
            {transaction && (
              <ReviewControl
                {...reviewing}
                of={transaction}
                resultsAt={resultsAt}
                loaded={loaded}
                next={next}
                onClose={onClose}
              />
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {clientUserId !== null && (
          <div>
            Patient: <b className="client-user-id">{clientUserId}</b>
          </div>
        )}
        {notification && <NotificationAlert notification={notification} onClose={() => notify(null)} />}
        {sources.map((source, index) => {
          const { data, error, isFetching = true, refetch } = reports[index] ?? {};
          return (
            <SpaceBetween key={source.path} size="m">
              {!only && <Header variant="h3">{source.label}</Header>}
              {isFetching && <StatusIndicator type="loading">Getting results from Junction</StatusIndicator>}
              {error && !isFetching && <ResultsErrorAlert error={error} ask={() => void refetch?.()} />}
              {source.critical.map((orderId) => (
                <CriticalAcknowledgement
                  key={orderId}
                  orderId={orderId}
                  loaded={data !== undefined}
                  onAcknowledged={() => loaded && reviewing.review.mutate({ resultsAt })}
                />
              ))}
              {data && (
                <div data-prints="">
                  <PrintedSubject of={source} />
                  <Report report={data} />
                </div>
              )}
            </SpaceBetween>
          );
        })}
      </SpaceBetween>
    </Modal>
  );
}

/** Page notifications would be behind the dialog. */
function NotificationAlert({
  notification: { type, header, text, action },
  onClose,
}: {
  notification: Notification;
  onClose: () => void;
}) {
  const act = () => {
    onClose();
    action?.run();
  };
  return (
    <Alert
      type={type}
      header={header}
      dismissible
      dismissAriaLabel="Dismiss message"
      onDismiss={onClose}
      action={action && <Button onClick={act}>{action.text}</Button>}
    >
      {text}
    </Alert>
  );
}

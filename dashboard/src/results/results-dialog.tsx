import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Notification } from '../alerts/notifications.tsx';
import { useApi } from '../api/api-context.tsx';
import { CriticalAcknowledgement } from './critical-acknowledgement.tsx';
import { Report } from './lab-report-view.tsx';
import { PdfButton } from './pdf-button.tsx';
import type { ResultSource } from './result-source.ts';
import { PrintedSubject } from './result-subject.tsx';
import { ResultsErrorAlert } from './results-error-alert.tsx';
import { resultsQuery } from './results-query.ts';

interface ResultsDialogProps {
  readonly source: ResultSource;
  readonly onClose: () => void;
}

/** Results, fetched from Junction and kept only while the dialog is open. */
export default function ResultsDialog({ source, onClose }: ResultsDialogProps) {
  const { data, error, isFetching, refetch } = useQuery(resultsQuery(useApi(), source.path));
  const [notification, notify] = useState<Notification | null>(null);
  return (
    <Modal
      visible
      size="large"
      header={`Results for ${source.name}`}
      closeAriaLabel="Close results"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {data && (
              <PdfButton path={`${source.path}.pdf`} name={source.name} variant="normal" notify={notify} />
            )}
            <Button variant="primary" onClick={onClose}>
              Close
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {source.clientUserId !== null && (
          <div>
            Client user ID: <b className="client-user-id">{source.clientUserId}</b>
          </div>
        )}
        {notification && <NotificationAlert notification={notification} onClose={() => notify(null)} />}
        {isFetching && <StatusIndicator type="loading">Getting results from Junction</StatusIndicator>}
        {error && !isFetching && <ResultsErrorAlert error={error} ask={() => void refetch()} />}
        {source.critical.map((orderId) => (
          <CriticalAcknowledgement key={orderId} orderId={orderId} loaded={data !== undefined} />
        ))}
        {data && (
          <div data-prints="">
            <PrintedSubject of={source} />
            <Report report={data} />
          </div>
        )}
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

import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import type { JunctionNotices } from '../api/answers.ts';
import { Indicator } from '../components/indicator.tsx';
import { Timestamp } from '../time/timestamp.tsx';

const ROUTES: Readonly<Record<JunctionNotices['not_offered'][number]['route'], string>> = {
  psc_appointment: 'Appointments at service centers',
  phlebotomy_appointment: 'At-home appointments',
  order_result: 'Missing markers of an order',
  order_transaction_result: 'Missing markers of a transaction',
  communication_settings: 'Whether Junction sends SMS itself',
  unmatched_results: 'Unmatched results',
};

interface JunctionNoticesProps {
  readonly notices: {
    readonly data: JunctionNotices | undefined;
    readonly error: Error | null;
    readonly refetch: () => Promise<unknown>;
  };
}

/** The fields of Junction's data that could not be read, and what Junction does not offer. */
export function JunctionNoticesPanel({ notices: { data, error, refetch } }: JunctionNoticesProps) {
  if (error && !data) return <ErrorAlert error={error} what="the notices" retry={() => void refetch()} />;
  if (!data) return null;
  return (
    <Container
      header={
        <Header variant="h2" description="None of this stops orders and redraws from being tracked.">
          Data from Junction
        </Header>
      }
    >
      <KeyValuePairs
        columns={2}
        items={[
          { label: 'Fields we couldn’t read', value: <UnreadableFields fields={data.unreadable_fields} /> },
          { label: 'Not offered by Junction', value: <NotOffered routes={data.not_offered} /> },
        ]}
      />
    </Container>
  );
}

function UnreadableFields({ fields }: { fields: JunctionNotices['unreadable_fields'] }) {
  if (fields.length === 0) return <Indicator type="success">None</Indicator>;
  return fields.map(({ field, count, last_seen_at }) => (
    <div key={field}>
      <Box variant="code">{field}</Box> {count.toLocaleString('en')} times, last seen{' '}
      <Timestamp at={last_seen_at} />
    </div>
  ));
}

function NotOffered({ routes }: { routes: JunctionNotices['not_offered'] }) {
  if (routes.length === 0) return <Indicator type="success">None</Indicator>;
  return routes.map(({ route, since, asked_again_at }) => (
    <div key={route}>
      {ROUTES[route]}: since <Timestamp at={since} />, next try <Timestamp at={asked_again_at} />
    </div>
  ));
}

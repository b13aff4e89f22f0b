import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { ErrorAlert } from '../alerts/error-alert.tsx';
import type { Alarm, AlarmList } from '../api/answers.ts';
import { Indicator } from '../components/indicator.tsx';
import { useNarrowScreen } from '../screen/use-narrow-screen.ts';
import { Timestamp } from '../time/timestamp.tsx';
import { type AlarmGroup, alarmGroups, type Verdict, verdictOf } from './alarm-groups.ts';

const EMPTY: Readonly<Record<Alarm['state'], string>> = {
  alarm: 'No alarm is on.',
  insufficient_data: 'CloudWatch has enough data for every alarm.',
  ok: 'No alarms in the OK state.',
};

interface AlarmsPanelProps {
  readonly alarms: {
    readonly data: AlarmList | undefined;
    readonly error: Error | null;
    readonly refetch: () => Promise<unknown>;
  };
}

/** The alarms of the deployment and their states, from CloudWatch. */
export function AlarmsPanel({ alarms: { data, error, refetch } }: AlarmsPanelProps) {
  const narrow = useNarrowScreen();
  const [state, setState] = useState<Alarm['state']>('alarm');
  if (error && !data) return <ErrorAlert error={error} what="the alarms" retry={() => void refetch()} />;
  const groups = alarmGroups(data?.alarms ?? []);
  const shown = groups.find(({ id }) => id === state);
  return (
    <Table
      header={
        <AlarmsHeader
          groups={groups}
          state={state}
          onChoose={setState}
          verdict={data ? verdictOf(data.alarms) : null}
        />
      }
      items={shown?.alarms ?? []}
      trackBy="id"
      loading={!data}
      loadingText="Loading alarms"
      columnDefinitions={narrow ? NARROW_COLUMNS : COLUMNS}
      wrapLines
      empty={<Box textAlign="center">{EMPTY[state]}</Box>}
      ariaLabels={{ tableLabel: 'Alarms' }}
    />
  );
}

interface AlarmsHeaderProps {
  readonly groups: readonly AlarmGroup[];
  readonly state: Alarm['state'];
  readonly onChoose: (state: Alarm['state']) => void;
  /** Null until the alarms are known. */
  readonly verdict: Verdict | null;
}

function AlarmsHeader({ groups, state, onChoose, verdict }: AlarmsHeaderProps) {
  return (
    <Header
      variant="h2"
      description={verdict && <Indicator type={verdict.type}>{verdict.text}</Indicator>}
      actions={
        verdict && (
          <SegmentedControl
            selectedId={state}
            options={groups}
            onChange={({ detail }) => {
              const chosen = groups.find(({ id }) => id === detail.selectedId);
              if (chosen) onChoose(chosen.id);
            }}
            label="State of the alarms"
          />
        )
      }
    >
      Alarms
    </Header>
  );
}

const COLUMNS: TableProps.ColumnDefinition<Alarm>[] = [
  {
    id: 'name',
    header: 'Alarm',
    cell: (alarm) => (
      <>
        <div>{alarm.name}</div>
        <Runbook of={alarm} />
      </>
    ),
    isRowHeader: true,
    minWidth: 160,
  },
  { id: 'meaning', header: 'What it means', cell: ({ meaning }) => meaning, minWidth: 260 },
  { id: 'since', header: 'Since', cell: ({ since }) => <Timestamp at={since} />, minWidth: 110 },
  {
    id: 'reason',
    header: 'Reason',
    cell: (alarm) => reasonText(alarm),
    minWidth: 240,
  },
];

/** A narrow screen has no room for more than one column of sentences. */
const NARROW_COLUMNS: TableProps.ColumnDefinition<Alarm>[] = [
  {
    id: 'alarm',
    header: 'Alarm',
    cell: (alarm) => (
      <>
        <Box fontWeight="bold">{alarm.name}</Box>
        <div>{alarm.meaning}</div>
        <Box color="text-body-secondary" fontSize="body-s">
          Since <Timestamp at={alarm.since} />. {reasonText(alarm)}
        </Box>
        <Runbook of={alarm} />
      </>
    ),
    isRowHeader: true,
  },
];

function reasonText({ reason, since }: Alarm): string {
  return reason ?? (since === null ? '–' : 'Set manually');
}

/** What to do. Without the URL of the runbook, it is a path in the repository, which a page can't link. */
function Runbook({ of: { name, runbook } }: { of: Alarm }) {
  if (runbook === null) return null;
  if (!runbook.startsWith('https:'))
    return (
      <Box color="text-body-secondary" fontSize="body-s">
        What to do: {runbook}
      </Box>
    );
  return (
    <Link
      href={runbook}
      target="_blank"
      rel="noreferrer"
      external
      externalIconAriaLabel="Opens in a new tab"
      ariaLabel={`What to do: ${name}`}
    >
      What to do
    </Link>
  );
}

import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { CauseKind } from '../../../core/domain/insights/groupings.ts';
import type { Insights } from '../api/answers.ts';
import { PageLink } from '../components/page-link.tsx';
import { failureText, labText } from '../wording/status.ts';
import { medianText, p90Text, shareText, trendText, whole } from './figure-text.ts';
import { LISTS, listOf } from './list-of-group.ts';
import { monthText } from './period.ts';

export const GROUPINGS = [
  { value: 'lab', label: 'Lab' },
  { value: 'test', label: 'Test' },
  { value: 'marker', label: 'Marker' },
  { value: 'failure_type', label: 'Failure type' },
  { value: 'month', label: 'Month' },
] as const;

export type Grouping = (typeof GROUPINGS)[number]['value'];

interface GroupsTableProps {
  readonly insights: Insights;
  readonly by: Grouping;
  readonly onChoose: (by: string) => void;
}

/** The figures by lab, test or month, or the redraws by what made them necessary. */
export function GroupsTable({ insights, by, onChoose }: GroupsTableProps) {
  const grouping = GROUPINGS.find(({ value }) => value === by) ?? GROUPINGS[0];
  const header = (
    <Header
      variant="h2"
      description={<Description of={grouping} leftOut={insights.left_out} />}
      actions={
        <Select
          className="screen-only"
          selectedOption={grouping}
          options={[...GROUPINGS]}
          onChange={({ detail }) => onChoose(detail.selectedOption.value ?? 'lab')}
          inlineLabelText="By"
          ariaLabel="Group by"
        />
      }
    >
      Redraws by {grouping.label.toLowerCase()}
    </Header>
  );
  const empty = <Box textAlign="center">No redraws in this period.</Box>;
  if (by === 'marker' || by === 'failure_type') {
    const columns = causeColumns(by);
    return (
      <Table
        header={header}
        columnDefinitions={columns}
        items={insights.causes}
        empty={empty}
        enableKeyboardNavigation
      />
    );
  }
  return (
    <Table
      header={header}
      columnDefinitions={groupColumns(by)}
      items={insights.groups}
      empty={empty}
      enableKeyboardNavigation
    />
  );
}

interface DescriptionProps {
  readonly of: (typeof GROUPINGS)[number];
  readonly leftOut: number;
}

function Description({ of: { value, label }, leftOut }: DescriptionProps) {
  return (
    <>
      {value in LISTS && (
        <span className="screen-only">
          Choose a {label.toLowerCase()} to see {LISTS[value]}.{' '}
        </span>
      )}
      {leftOut > 0 && `The ${whole(leftOut)} smallest are not shown.`}
    </>
  );
}

type Group = Insights['groups'][number];
type Cause = Insights['causes'][number];

function groupColumns(by: Exclude<Grouping, CauseKind>): TableProps.ColumnDefinition<Group>[] {
  return [
    {
      id: 'name',
      header: GROUPINGS.find(({ value }) => value === by)?.label,
      cell: ({ name, redraws }) => (
        <GroupName by={by} name={name} count={redraws.count} text={groupText(by, name)} />
      ),
      isRowHeader: true,
      minWidth: 140,
    },
    { id: 'redraws', header: 'Redraw rate', cell: ({ redraws }) => shareText(redraws), minWidth: 130 },
    {
      id: 'former',
      header: by === 'month' ? 'Month before' : 'Period before',
      cell: ({ redraws, former }) => formerText(redraws, former.redraws),
      minWidth: 130,
    },
    {
      id: 'overdue',
      header: 'Overdue redraws',
      cell: ({ overdue_redraws }) => shareText(overdue_redraws),
      minWidth: 120,
    },
    {
      id: 'median',
      header: 'Until results: median',
      cell: ({ days }) => medianText(days.until_results),
      minWidth: 110,
    },
    { id: 'p90', header: '90th percentile', cell: ({ days }) => p90Text(days.until_results), minWidth: 110 },
    {
      id: 'transactions',
      header: 'Transactions',
      cell: ({ transactions }) => whole(transactions),
      minWidth: 110,
    },
  ];
}

function causeColumns(by: CauseKind): TableProps.ColumnDefinition<Cause>[] {
  return [
    {
      id: 'name',
      header: GROUPINGS.find(({ value }) => value === by)?.label,
      cell: ({ name, redraws }) => (
        <GroupName by={by} name={name} count={redraws.count} text={causeText(by, name)} />
      ),
      isRowHeader: true,
      minWidth: 160,
    },
    { id: 'share', header: 'Of all redraws', cell: ({ share }) => shareText(share), minWidth: 130 },
    {
      id: 'former',
      header: 'Period before',
      cell: ({ share, former }) => formerText(share, former.share),
      minWidth: 130,
    },
    {
      id: 'redraws',
      header: 'Of all transactions',
      cell: ({ redraws }) => shareText(redraws),
      minWidth: 130,
    },
  ];
}

interface GroupNameProps {
  readonly by: Grouping;
  readonly name: string | null;
  /** Its redraws in the period. */
  readonly count: number;
  readonly text: string;
}

/** The name of a row, which leads to the list with its redraws. */
function GroupName({ by, name, count, text }: GroupNameProps) {
  const href = count > 0 ? listOf(by, name) : null;
  return href === null ? text : <PageLink href={href}>{text}</PageLink>;
}

function formerText(now: Group['redraws'], before: Group['redraws']): string {
  const trend = trendText(now, before);
  return trend === null ? shareText(before) : `${shareText(before)}, ${trend}`;
}

function causeText(by: CauseKind, name: string): string {
  if (by === 'marker') return name;
  return name === 'unknown' ? 'Not reported' : failureText(name);
}

function groupText(by: Exclude<Grouping, CauseKind>, name: string | null): string {
  if (name === null) return 'Not known';
  if (by === 'month') return monthText(name);
  return by === 'lab' ? labText(name) : name;
}

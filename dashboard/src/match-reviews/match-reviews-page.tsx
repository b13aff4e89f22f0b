import Box from '@cloudscape-design/components/box';
import type { TableProps } from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import type { MatchReview } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { matchReviewsQuery } from '../api/list-queries.ts';
import { AllClear } from '../components/all-clear.tsx';
import { DiscardButton } from '../components/discard-button.tsx';
import { Identifier } from '../components/identifier.tsx';
import { usePageTitle } from '../screen/page-title.ts';
import { useHasScope } from '../session/session-context.tsx';
import { ListPage } from '../table/list-page.tsx';
import { ListStateControl, useListState } from '../table/list-state.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { humanize } from '../wording/status.ts';

const STATES = [
  { id: 'open', text: 'Open' },
  { id: 'closed', text: 'Closed' },
] as const;

/** Results that Junction couldn't match to an order, and that a person decides on in Junction's dashboard. */
export default function MatchReviewsPage() {
  usePageTitle('Match reviews');
  const api = useApi();
  const state = useListState(STATES);
  const mayDiscard = useHasScope('maintain/write');
  return (
    <ListPage
      title="Match reviews"
      description="Results that Junction couldn’t match to an order. Decide on them in Junction’s dashboard."
      actions={<ListStateControl state={state} options={STATES} />}
      query={(page) => matchReviewsQuery(api, state, page)}
      itemsOf={({ match_reviews }) => match_reviews}
      trackBy="id"
      columns={[...(state === 'open' ? OPEN_COLUMNS : CLOSED_COLUMNS), ...(mayDiscard ? [DISCARD] : [])]}
      sortedBy={state === 'open' ? { column: 'opened' } : { column: 'closed', descending: true }}
      empty={state === 'open' ? <NoneOpen /> : <Box textAlign="center">No closed match reviews.</Box>}
    />
  );
}

/** A closed one shows that Junction sends them. */
function NoneOpen() {
  const { data } = useQuery(matchReviewsQuery(useApi(), 'closed', { rows: 1 }));
  const arrived = data !== undefined && data.match_reviews.length > 0;
  return <AllClear header="No open match reviews" events={{ names: 'labtest.match_review.*', arrived }} />;
}

const COLUMNS: TableProps.ColumnDefinition<MatchReview>[] = [
  { id: 'id', header: 'ID', cell: ({ id }) => <Identifier id={id} of="match review" short />, minWidth: 140 },
  {
    id: 'reason',
    header: 'Reason',
    cell: ({ decision_code }) => reasonText(decision_code),
    isRowHeader: true,
    minWidth: 220,
  },
  {
    id: 'status',
    header: 'Status',
    cell: ({ status, returned_at }) => (
      <>
        {humanize(status)}
        {returned_at && (
          <Box variant="small" display="block">
            Back from Junction’s operations <Timestamp at={returned_at} />
          </Box>
        )}
      </>
    ),
    minWidth: 150,
  },
];

const OPENED: TableProps.ColumnDefinition<MatchReview> = {
  id: 'opened',
  header: 'Open since',
  cell: ({ opened_at }) => <Timestamp at={opened_at} />,
  minWidth: 130,
};

const DISCARD: TableProps.ColumnDefinition<MatchReview> = {
  id: 'discard',
  header: 'Action',
  cell: ({ id }) => <DiscardButton of="match-reviews" id={id} inline />,
  minWidth: 110,
};

const OPEN_COLUMNS = [OPENED, ...COLUMNS];

const CLOSED_COLUMNS: TableProps.ColumnDefinition<MatchReview>[] = [
  {
    id: 'closed',
    header: 'Closed',
    cell: ({ closed_at }) => (closed_at ? <Timestamp at={closed_at} /> : '–'),
    minWidth: 130,
  },
  ...COLUMNS,
  {
    id: 'decision',
    header: 'Decision',
    cell: ({ resolution_action }) => humanize(resolution_action),
    minWidth: 110,
  },
  {
    id: 'order',
    header: 'Assigned to order',
    cell: ({ resolved_order_id: id }) => (
      <Identifier id={id} of="order" short href={`/search?q=${encodeURIComponent(id ?? '')}`} />
    ),
    minWidth: 140,
  },
  { ...OPENED, header: 'Opened' },
];

/** Why Junction couldn't match the result, for its documented codes. */
const REASONS: Readonly<Record<string, string>> = {
  match_sample_id: 'Sample ID matches',
  match_completed: 'Matches a completed order',
  match_cancelled: 'Matches a cancelled order',
  wrong_collection: 'Different collection method',
  wrong_lab: 'Different lab',
  multiple_demo_match: 'Several patients match',
  match_sample_id_mismatch_demo: 'Sample ID matches, patient doesn’t',
  match_demo: 'Patient matches, sample ID doesn’t',
  no_match: 'No match',
};

function reasonText(code: string | null): string {
  return (code !== null && REASONS[code]) || humanize(code);
}

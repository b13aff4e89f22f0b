import Badge from '@cloudscape-design/components/badge';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useApi } from '../api/api-context.tsx';
import { criticalResultsQuery } from '../api/list-queries.ts';
import { summaryQuery } from '../api/queries.ts';
import { useFollow } from '../components/page-link.tsx';
import { useHasMessages } from '../session/configuration-context.tsx';
import { useHasScope } from '../session/session-context.tsx';

/** Links to the pages, with the numbers of overdue redraws, stalled orders and open critical results. */
export function Navigation() {
  const [address] = useLocation();
  const api = useApi();
  const { data } = useQuery(summaryQuery(api));
  const messages = useHasMessages();
  const may = useHasScope('results/read');
  const { data: critical } = useQuery({ ...criticalResultsQuery(api, 'open'), enabled: may });
  const pages: SideNavigationProps.Item[] = [
    {
      type: 'link',
      text: 'Worklist',
      href: '/',
      info: (
        <CountBadge count={data?.redraw.stale ?? 0} what="overdue, with those hidden until their follow-up" />
      ),
    },
    {
      type: 'link',
      text: 'Stalled orders',
      href: '/stalled-orders',
      info: (
        <CountBadge
          count={data?.stalled_orders ?? 0}
          what="stalled, with those hidden until their follow-up"
        />
      ),
    },
    { type: 'link', text: 'Orders', href: '/orders' },
    { type: 'link', text: 'Results', href: '/results' },
    ...(may ? [criticalResultsLink(critical?.critical_results.length ?? 0)] : []),
    { type: 'link', text: 'Match reviews', href: '/match-reviews' },
    ...(messages ? [MESSAGE_TEMPLATES] : []),
    { type: 'divider' },
    { type: 'link', text: 'Insights', href: '/insights' },
    { type: 'link', text: 'Health', href: '/health' },
  ];
  return <SideNavigation activeHref={address} items={pages} onFollow={useFollow()} />;
}

const MESSAGE_TEMPLATES: SideNavigationProps.Item = {
  type: 'link',
  text: 'Message templates',
  href: '/message-templates',
};

function criticalResultsLink(open: number): SideNavigationProps.Item {
  const info = <CountBadge count={open} what="open" />;
  return { type: 'link', text: 'Critical results', href: '/critical-results', info };
}

function CountBadge({ count, what }: { count: number; what: string }) {
  if (count === 0) return null;
  const shown = count.toLocaleString('en');
  return (
    <span title={`${shown} ${what}`}>
      <Badge color="severity-high">
        {shown}
        <span className="unseen"> {what}</span>
      </Badge>
    </span>
  );
}

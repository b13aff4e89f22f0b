import Badge from '@cloudscape-design/components/badge';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useApi } from '../api/api-context.tsx';
import { summaryQuery } from '../api/queries.ts';
import { useFollow } from '../components/page-link.tsx';

/** Links to the pages, with the number of overdue redraws. */
export function Navigation() {
  const [address] = useLocation();
  const { data } = useQuery(summaryQuery(useApi()));
  const pages: SideNavigationProps.Item[] = [
    { type: 'link', text: 'Worklist', href: '/', info: <OverdueBadge count={data?.redraw.stale ?? 0} /> },
    { type: 'link', text: 'Orders', href: '/orders' },
    { type: 'link', text: 'Results', href: '/results' },
    { type: 'link', text: 'Match reviews', href: '/match-reviews' },
    { type: 'divider' },
    { type: 'link', text: 'Health', href: '/health' },
  ];
  return <SideNavigation activeHref={address} items={pages} onFollow={useFollow()} />;
}

function OverdueBadge({ count }: { count: number }) {
  if (count === 0) return null;
  const shown = count.toLocaleString('en');
  return (
    <span title={`${shown} overdue`}>
      <Badge color="severity-high">
        {shown}
        <span className="unseen"> overdue</span>
      </Badge>
    </span>
  );
}

import Badge from '@cloudscape-design/components/badge';
import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import type { Summary } from '../api/answers.ts';
import { useApi } from '../api/api-context.tsx';
import { summaryQuery } from '../api/queries.ts';
import { useFollow } from '../components/page-link.tsx';
import { useHasMessages } from '../session/configuration-context.tsx';
import { useHasScope } from '../session/session-context.tsx';

/** Critical results have a number of their own, for those who may see them. */
function toDoIn({ overdue_redraws, needs_decision, stalled_orders, match_reviews }: Summary): number {
  return overdue_redraws + needs_decision + stalled_orders + match_reviews;
}

/** Links to the pages, with the number of what needs a person on each. */
export function Navigation() {
  const [address] = useLocation();
  const { data } = useQuery(summaryQuery(useApi()));
  const messages = useHasMessages();
  const may = useHasScope('results/read');
  const pages: SideNavigationProps.Item[] = [
    {
      type: 'link',
      text: 'Worklist',
      href: '/',
      info: (
        <CountBadge
          count={data ? toDoIn(data) : 0}
          what="need a person, with those hidden until their follow-up"
        />
      ),
    },
    { type: 'link', text: 'Orders', href: '/orders' },
    ...(may ? [inboxLink(data?.critical_results.open ?? 0)] : []),
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

function inboxLink(critical: number): SideNavigationProps.Item {
  const what = critical === 1 ? 'critical result' : 'critical results';
  const info = <CountBadge count={critical} what={what} />;
  return { type: 'link', text: 'Clinical inbox', href: '/results', info };
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

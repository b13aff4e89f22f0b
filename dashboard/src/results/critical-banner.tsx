import './critical-banner.css';
import { useQuery } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useApi } from '../api/api-context.tsx';
import { summaryQuery } from '../api/queries.ts';
import { PageLink } from '../components/page-link.tsx';
import { useHasScope } from '../session/session-context.tsx';
import { useNow } from '../time/use-now.ts';
import { openTimeText } from './critical-open-time.ts';

const PAGE = '/results';

/** On every page, for whoever may acknowledge them: how many critical results are open, and how long the oldest one is. */
export function CriticalBanner() {
  const may = useHasScope('results/read');
  const { data } = useQuery({ ...summaryQuery(useApi()), enabled: may });
  const [page] = useLocation();
  const now = useNow();
  const { critical_results: critical } = data ?? {};
  if (!may || !critical || critical.oldest_opened_at === null) return null;
  const { open, oldest_opened_at } = critical;
  const { text, overdue } = openTimeText(oldest_opened_at, critical, now);
  const what = open === 1 ? `1 critical result, ${text}` : `${open} critical results, the oldest ${text}`;
  return (
    <div className={`critical-banner screen-only${overdue ? ' overdue' : ''}`}>
      <b>{what}</b> {page !== PAGE && <PageLink href={`${PAGE}?show=critical`}>Open</PageLink>}
    </div>
  );
}

import Link from '@cloudscape-design/components/link';
import { PageLink } from '../components/page-link.tsx';

/** Back in the history; to the worklist for users who came from elsewhere. */
export function BackLink() {
  if (!cameFromThePages()) return <PageLink href="/">Worklist</PageLink>;
  return <Link onFollow={() => history.back()}>Back</Link>;
}

interface HistoryEntries {
  /** Whether the previous entry has the same origin. Not every browser has this. */
  readonly canGoBack: boolean;
}

function cameFromThePages(): boolean {
  const { navigation } = globalThis as { navigation?: HistoryEntries };
  return navigation?.canGoBack ?? false;
}

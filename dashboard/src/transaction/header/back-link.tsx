import Link from '@cloudscape-design/components/link';
import { PageLink } from '../../components/page-link.tsx';

/** Back to where the reader came from, as it was; to the worklist for who came from elsewhere. */
export function BackLink() {
  if (!cameFromThePages()) return <PageLink href="/">Worklist</PageLink>;
  return <Link onFollow={() => history.back()}>Back</Link>;
}

interface HistoryEntries {
  /** Whether the entry before this one is of the same origin; where a browser does not tell, the address tells enough. */
  readonly canGoBack: boolean;
}

function cameFromThePages(): boolean {
  const { navigation } = globalThis as { navigation?: HistoryEntries };
  return navigation?.canGoBack ?? false;
}

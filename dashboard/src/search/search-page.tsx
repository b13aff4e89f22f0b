import { useSearchParams } from 'wouter';
import { usePageTitle } from '../screen/page-title.ts';
import { SearchHint } from './search-hint.tsx';
import { SearchResults } from './search-results.tsx';

/** The longest ID that the API takes. */
const MAX_ID_LENGTH = 256;

/** Transactions that match an ID. The search field is in the top bar. */
export default function SearchPage() {
  const [params] = useSearchParams();
  const searchedId = (params.get('q') ?? '').trim();
  usePageTitle(searchedId === '' ? 'Search' : `${searchedId} · Search`);
  if (searchedId.length > MAX_ID_LENGTH) return <SearchHint header="That is too long to be an ID" />;
  return searchedId === '' ? (
    <SearchHint header="Search by ID" />
  ) : (
    <SearchResults searchedId={searchedId} key={searchedId} />
  );
}

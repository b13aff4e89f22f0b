import { useSearchParams } from 'wouter';
import { usePageTitle } from '../shell/page-title.ts';
import { SearchHint } from './search-hint.tsx';
import { SearchResults } from './search-results.tsx';

/** What an id belongs to; the field that asks is in the bar above every page. */
export default function SearchPage() {
  const [params] = useSearchParams();
  const searchedId = (params.get('q') ?? '').trim();
  usePageTitle(searchedId === '' ? 'Search' : `${searchedId} · Search`);
  return searchedId === '' ? (
    <SearchHint header="What are you looking for?" />
  ) : (
    <SearchResults searchedId={searchedId} key={searchedId} />
  );
}

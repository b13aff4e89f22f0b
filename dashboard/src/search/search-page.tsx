import { useSearchParams } from 'wouter';
import { usePageTitle } from '../shell/page-title.ts';
import { Hint } from './search-hint.tsx';
import { Found } from './search-results.tsx';

/** What an id belongs to; the field that asks is in the bar above every page. */
export default function SearchPage() {
  const [params] = useSearchParams();
  const sought = (params.get('q') ?? '').trim();
  usePageTitle(sought === '' ? 'Search' : `${sought} · Search`);
  return sought === '' ? <Hint header="What are you looking for?" /> : <Found sought={sought} key={sought} />;
}

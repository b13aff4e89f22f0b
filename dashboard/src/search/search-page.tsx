import { usePageTitle } from '../shell/page-title.ts';

export default function SearchPage() {
  usePageTitle('Search');
  return <h1>Search</h1>;
}

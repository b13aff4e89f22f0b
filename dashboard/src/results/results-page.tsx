import { usePageTitle } from '../shell/page-title.ts';

export default function ResultsPage() {
  usePageTitle('Results');
  return <h1>Results</h1>;
}

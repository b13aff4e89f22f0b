import { usePageTitle } from '../shell/page-title.ts';

export default function WorklistPage() {
  usePageTitle('Worklist');
  return <h1>Worklist</h1>;
}

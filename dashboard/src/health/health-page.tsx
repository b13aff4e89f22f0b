import { usePageTitle } from '../shell/page-title.ts';

export default function HealthPage() {
  usePageTitle('Health');
  return <h1>Health</h1>;
}

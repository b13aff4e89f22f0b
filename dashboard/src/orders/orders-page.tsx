import { usePageTitle } from '../shell/page-title.ts';

export default function OrdersPage() {
  usePageTitle('Orders');
  return <h1>Orders</h1>;
}

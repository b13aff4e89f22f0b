import { usePageTitle } from '../shell/page-title.ts';

export default function TransactionPage({ id }: { id: string }) {
  usePageTitle('Transaction');
  return <h1>Transaction {id}</h1>;
}

/** Where a transaction is shown. */
export function addressOf(transactionId: string): string {
  return `/transactions/${encodeURIComponent(transactionId)}`;
}

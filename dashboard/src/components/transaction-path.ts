/** The path of a transaction's page. */
export function addressOf(transactionId: string): string {
  return `/transactions/${encodeURIComponent(transactionId)}`;
}

/** What the operations are about. */
export const tags = [
  { name: 'transactions', description: 'Orders with their redraws, and their status.' },
  { name: 'orders', description: 'Single orders, and those that are stalled.' },
  { name: 'redraws', description: 'The worklist of redraws, owners, notes and contacts.' },
  { name: 'critical-results', description: 'Critical results, without a value.' },
  { name: 'match-reviews', description: 'Results that Junction could not match to an order.' },
  { name: 'results', description: 'Results and documents, passed through from Junction.' },
  { name: 'ordering', description: 'Placing orders and booking appointments.' },
  { name: 'messages', description: 'Messages to patients.' },
  { name: 'quarantine', description: 'Webhooks that could not be parsed.' },
  { name: 'service', description: 'How the service is doing.' },
  { name: 'webhook', description: 'What Junction calls.' },
] as const;

export type Tag = (typeof tags)[number]['name'];

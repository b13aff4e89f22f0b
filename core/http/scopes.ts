/** Every scope, with what it allows, in at most 256 characters. In a token, a scope is `<resource>/<scope>`. */
export const SCOPES = {
  'transactions/read':
    'Read transactions, orders and redraws, and that one has a critical result; match reviews, search, counts, insights, history, alarms, and notices about Junction',
  'transactions/reconcile': 'Check a transaction with Junction immediately',
  'orders/write': 'Register an order when placing it',
  'orders/place': 'Place and cancel orders with Junction',
  'appointments/write': 'See free times of appointments; book, move and cancel appointments with Junction',
  'portal/link': "Create links that let their holders into a patient's portal",
  'redraws/write':
    'Acknowledge redraws and stalled orders; set owners and follow-ups; add notes and log contacts',
  'results/read':
    'Read lab results and requisitions through Junction, and the interpretation; list and acknowledge critical results',
  'messages/read': 'Read the messages to patients, consent and opt-outs',
  'messages/write': 'Send messages to patients by hand, and record consent and opt-outs',
  'quarantine/write': 'List, replay and dismiss quarantined webhooks',
  'maintain/write': 'Discard what Junction does not know',
} as const;

/** The scopes of each resource, with their descriptions. */
export function scopesByResource(): Map<string, [name: string, description: string][]> {
  const resources = new Map<string, [string, string][]>();
  for (const [scope, description] of Object.entries(SCOPES)) {
    const [resource = '', name = ''] = scope.split('/');
    resources.set(resource, [...(resources.get(resource) ?? []), [name, description]]);
  }
  return resources;
}

/** The answers of a stack to every GET route of the OpenAPI document, as far as they have to be the same after a move. */
import openapi from '../../../docs/openapi/openapi.json' with { type: 'json' };
import type { Answer } from '../http-call.ts';

/** Routes whose answers belong to a deployment, and why. */
export const OF_DEPLOYMENT: Readonly<Record<string, string>> = {
  '/v1/changes': 'Its tokens say when this deployment last changed something.',
  '/v1/quarantine': 'Quarantined webhooks hold patient data, and are not exported.',
  '/v1/alarms': 'They are alarms on this deployment.',
  '/v1/summary/history': 'It is read from the metrics of this deployment.',
  '/v1/people': 'They are in the user pool of this deployment.',
};

/** Fields that say when this deployment heard of something. Cursors are encrypted with a secret of its own. */
const OF_TIME: Readonly<Record<string, readonly string[]>> = {
  '/v1/summary': ['newest_processed_at', 'newest_webhook_age_seconds'],
};

interface Ids {
  readonly transactions: readonly string[];
  readonly orders: readonly string[];
  readonly users: readonly string[];
  readonly reviews: readonly string[];
}

/** What stands for the parameters in the path. A path that this does not know fails the test. */
function valuesFor(path: string, ids: Ids): readonly string[] {
  if (path.includes('{user_id}')) return ids.users;
  if (path.startsWith('/v1/match-reviews/')) return ids.reviews;
  if (path.startsWith('/v1/orders/')) return ids.orders;
  if (/^\/v[13]\/(transactions|order_transaction)\//.test(path)) return ids.transactions;
  if (path.includes('{')) throw new Error(`Nothing says which IDs ${path} takes.`);
  return [''];
}

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly schema: { readonly enum?: readonly string[]; readonly type?: string };
}

/** Without parameters, and with each value of each parameter that lists its values. */
function queriesOf(path: string, parameters: readonly Parameter[]): string[] {
  if (path === '/v1/search') return ['?q=00000000', '?q=client'];
  const inQuery = parameters.filter((one) => one.in === 'query');
  const usual = inQuery.some(({ name }) => name === 'limit') ? ['limit=100'] : [];
  const valued = inQuery.flatMap(({ name, schema }) => {
    const values = schema.type === 'boolean' ? ['true', 'false'] : (schema.enum ?? []);
    return values.map((value) => [...usual, `${name}=${value}`]);
  });
  return [usual, ...valued].map((query) => (query.length > 0 ? `?${query.join('&')}` : ''));
}

type GetOperations = Readonly<
  Record<string, { readonly get?: { readonly parameters?: readonly Parameter[] } }>
>;

/** The URL of every request, without those of the deployment. */
export function everyGet(ids: Ids): string[] {
  return Object.entries(openapi.paths as unknown as GetOperations).flatMap(([path, { get }]) => {
    if (!get || path in OF_DEPLOYMENT) return [];
    const urls = valuesFor(path, ids).map((value) => path.replace(/\{\w+\}/, encodeURIComponent(value)));
    return urls.flatMap((url) => queriesOf(path, get.parameters ?? []).map((query) => url + query));
  });
}

/** The answer without what belongs to the deployment. */
export function comparable(url: string, { status, json, text }: Answer): unknown {
  const own = OF_TIME[url.split('?')[0] ?? ''] ?? [];
  if (typeof json !== 'object' || json === null) return { status, text };
  const fields = Object.entries(json).filter(([name]) => !own.includes(name));
  const body = Object.fromEntries(
    fields.map(([name, value]) => [name, name === 'next_cursor' && value !== null ? 'more' : value]),
  );
  return { status, body };
}

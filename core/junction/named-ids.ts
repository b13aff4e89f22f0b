import type { WebhookKind } from './webhook-kind.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The id that the generated examples of Junction's documentation have in every place. */
const EXAMPLE_ID = '3c90c3cc-0d44-4b50-8888-8dd25736052a';

/** An order is named by its `id`. A field `order_id` is not documented for it, and decides nothing. */
const ABOUT_ORDER = ['id'];
const ABOUT = ['id', 'order_id'];
const OTHERS = ['user_id', 'team_id', 'resolved_order_id', 'resolved_user_id'];

/**
 * Whether a payload is an example, which Junction's dashboard sends on request: it has one id in every place. Real ids are
 * random, so no order has the id of its user, its team or its lab test, and no appointment has the id of its order.
 */
export function isExample(kind: WebhookKind, envelope: unknown, data: unknown): boolean {
  const about = (kind === 'order' ? ABOUT_ORDER : ABOUT).flatMap((name) => uuidAt(data, name));
  const others = OTHERS.flatMap((name) => [...uuidAt(data, name), ...uuidAt(envelope, name)]);
  const labTest = uuidAt(fieldOf(data, 'lab_test'), 'id');
  const isRepeated = new Set(about).size < about.length;
  return isRepeated || about.some((id) => id === EXAMPLE_ID || [...others, ...labTest].includes(id));
}

/** Whether a payload or its envelope names another team than this one. */
export function namesOtherTeam(envelope: unknown, data: unknown, teamId: string): boolean {
  const teams = [fieldOf(envelope, 'team_id'), fieldOf(data, 'team_id')];
  // An empty id counts as absent.
  return teams.some((team) => typeof team === 'string' && team !== '' && team !== teamId);
}

function uuidAt(json: unknown, name: string): string[] {
  const value = fieldOf(json, name);
  return typeof value === 'string' && UUID.test(value) ? [value.toLowerCase()] : [];
}

function fieldOf(json: unknown, name: string): unknown {
  const isObject = typeof json === 'object' && json !== null;
  return isObject ? (json as Record<string, unknown>)[name] : undefined;
}

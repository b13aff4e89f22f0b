import type { AuditedAction, AuditedObject } from '../audit/audit-entry.ts';
import { CRITICAL_STATES } from '../domain/order/critical-result.ts';
import type { Answer } from './route.ts';

/** What an answer says about the results of an order. */
export interface ShownResult extends AuditedObject {
  readonly action: Extract<AuditedAction, 'result_summary.read' | 'critical_result.read'>;
}

/** Every answer is searched, and nearly none has any of this. */
const SAYS_SOMETHING =
  /"interpretation":"|"critical_result":["{]|"situation":"critical_result"|"reports":\[\{/;

/**
 * What an answer of the API says about results, wherever it says it: whether they are normal, abnormal or critical, and that there is
 * a critical one. Decided by the answer and not by the route, so that no route that shows a transaction or an order is forgotten.
 */
export function shownResults({ body = '' }: Answer): ShownResult[] {
  if (!SAYS_SOMETHING.test(body)) return [];
  const found = new Map<string, ShownResult>();
  search(JSON.parse(body), {}, (shown) => found.set(JSON.stringify(Object.values(shown)), shown));
  return [...found.values()];
}

function search(node: unknown, within: AuditedObject, add: (shown: ShownResult) => void): void {
  if (Array.isArray(node)) {
    for (const one of node) search(one, within, add);
  } else if (isObject(node)) {
    const about = subjectOf(node, within);
    if (typeof node.interpretation === 'string') add({ action: 'result_summary.read', ...about });
    if (saysCritical(node)) add({ action: 'critical_result.read', ...about });
    for (const one of Object.values(node)) search(one, about, add);
  }
}

/** The ids of the transaction or order that a node is; otherwise of the one that it is part of. */
function subjectOf(node: Node, within: AuditedObject): AuditedObject {
  const { id, orders, low_level_status, order_id, order_transaction_id: home } = node;
  const transaction = typeof home === 'string' ? { ...within, transaction_id: home } : within;
  if (typeof id === 'string' && Array.isArray(orders)) return { transaction_id: id };
  if (typeof id === 'string' && low_level_status !== undefined) return { ...transaction, order_id: id };
  return typeof order_id === 'string' ? { ...transaction, order_id } : transaction;
}

function saysCritical({ situation, critical_result, reports, state }: Node): boolean {
  if (situation === 'critical_result') return true;
  if (typeof critical_result === 'string' || isObject(critical_result)) return true;
  return Array.isArray(reports) && CRITICAL_STATES.some((one) => one === state);
}

type Node = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

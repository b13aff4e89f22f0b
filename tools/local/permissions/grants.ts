import { matchesWildcard } from '../wildcard.ts';
import type { AccessRequest, Condition, Statement } from './policies.ts';

/** The smallest part of a statement that can be granted separately. */
export interface Grant {
  action: string;
  resource: string;
  /** A pattern of partition keys; undefined if the statement has no condition on them. */
  leadingKey: string | undefined;
}

export const LEADING_KEYS = 'dynamodb:LeadingKeys';

/** Not a key of IAM: the partition keys of all actions of a transaction. */
export const TRANSACTION_KEYS = 'local:TransactionKeys';

/** The operation that an action is part of: `TransactWriteItems`. */
export const ENCLOSING_OPERATION = 'dynamodb:EnclosingOperation';

/** Whether the statement is for actions in transactions only. */
export const isOnTransactions = ({ conditions }: Statement) =>
  conditions.some(({ key }) => key === ENCLOSING_OPERATION);

/**
 * Splits a statement into one grant for each action, resource and pattern of partition keys. One that is for transactions only has
 * none: it combines the others, whatever of it is needed.
 */
export function grantsOf(statement: Statement): Grant[] {
  if (isOnTransactions(statement)) return [];
  const { actions, resources, conditions } = statement;
  const keys = conditions.find(isOnLeadingKeys)?.values ?? [undefined];
  return actions.flatMap((action) =>
    resources.flatMap((resource) => keys.map((leadingKey) => ({ action, resource, leadingKey }))),
  );
}

const isOnLeadingKeys = ({ key }: Condition) => key === LEADING_KEYS;

/** Whether a request, which its statement allows, needs this grant of it. */
export function needs(request: AccessRequest, { action, resource, leadingKey }: Grant): boolean {
  const keys = request.context?.[LEADING_KEYS] ?? [];
  return (
    matchesWildcard(action, request.action) &&
    matchesWildcard(resource, request.resource) &&
    (leadingKey === undefined || keys.some((key) => matchesWildcard(leadingKey, key)))
  );
}

/** For example `webhook: dynamodb:PutItem on arn:… of QUARANTINE#*`. */
export function describe(principal: string, { action, resource, leadingKey }: Grant): string {
  return `${principal}: ${action} on ${resource}${leadingKey === undefined ? '' : ` of ${leadingKey}`}`;
}

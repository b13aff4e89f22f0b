import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { changed, list, object, oneOf, text } from '../reading/readers.ts';
import { type ReadBy, readStrictly } from '../reading/reading.ts';
import { writeTogether } from './guarded-writes.ts';
import type { Table } from './table.ts';

/** An action of the transaction to try, and the partition key of an item that never exists. */
const probedAction = object({ action: oneOf(['Put', 'Update', 'ConditionCheck']), pk: text });
const MAX_ACTIONS = 100;
const actions = changed(
  list(probedAction),
  (given) => (given.length > 0 && given.length <= MAX_ACTIONS ? given : null),
  'not 1 to 100 actions',
);
const probe = object({ probe: actions });

export type ProbedAction = ReadBy<typeof probedAction>;

/** The event of a probe. No service that invokes a function sends one. */
export type TransactionProbe = ReadBy<typeof probe>;

export interface ProbeAnswer {
  /** Whether IAM lets the function send such a transaction. */
  readonly allowed: boolean;
}

/**
 * A handler that also answers probes: whether IAM allows the function a transaction with these actions. AWS does not document
 * how IAM judges the keys of several items together, so only a request of the function itself can show it.
 */
export function answeringProbes<Event, Context, Result>(
  table: Table,
  handle: (event: Event, context: Context) => Result,
): (event: Event, context: Context) => Result {
  return (event, context) => {
    const asked = readStrictly(probe, event);
    // Who sends a probe expects its answer.
    return asked ? (probeTransaction(table, asked.probe) as Result) : handle(event, context);
  };
}

/** Sends the transaction with conditions that cannot hold, so that it is denied or cancelled and never writes anything. */
async function probeTransaction(table: Table, actions: readonly ProbedAction[]): Promise<ProbeAnswer> {
  try {
    await writeTogether(table, actions.map(impossible(table.name)));
    return { allowed: true };
  } catch (error) {
    if (error instanceof Error && error.name === 'AccessDeniedException') return { allowed: false };
    throw error;
  }
}

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

const impossible =
  (TableName: string) =>
  ({ action, pk }: ProbedAction): TransactItem => {
    const ConditionExpression = 'attribute_exists(pk) AND attribute_not_exists(pk)';
    const Key = { pk, sk: `PROBE#${action}` };
    switch (action) {
      case 'Put':
        return { Put: { TableName, Item: Key, ConditionExpression } };
      case 'Update':
        return { Update: { TableName, Key, ConditionExpression, UpdateExpression: 'REMOVE probed' } };
      default:
        return { [action]: { TableName, Key, ConditionExpression } };
    }
  };

import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Source } from '../../domain/order/arrivals.ts';
import { CAUSE, causeOf, type Item, refusal, type Table } from '../table.ts';
import { orderKey } from '../table-layout.ts';
import { type OrderSets, OTHER_WRITES } from './order-item.ts';
import { FIRST_HOME } from './order-registers.ts';

type Attributes = Readonly<Record<string, unknown>>;

/** The change of an order's item by one write. */
export interface OrderChange {
  readonly by: Source;
  /** Sets to add to. */
  readonly add?: OrderSets;
  /** Attributes to replace. */
  readonly replace?: Attributes;
  /** Attributes to set if they are absent. */
  readonly initialize?: Attributes;
  /** Attributes to set to the stored value of an attribute, or to a value if that one is absent. */
  readonly copy?: Readonly<Record<string, { readonly from: string; readonly otherwise: unknown }>>;
  /** Attributes to remove. */
  readonly remove?: readonly string[];
}

/** A condition on an item, with its placeholders, which the update adds to its own. */
export interface Guard {
  readonly condition: string;
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The value is newer than that of the register, or the register is empty. */
export const newerThan = (register: string, value: string): Guard => ({
  condition: 'attribute_not_exists(#register) OR #register < :register',
  names: { '#register': register },
  values: { ':register': value },
});

/** The item has not been written since it was read; `{}` is an absent item. */
export const unchangedSince = ({ version }: Item): Guard =>
  version === undefined
    ? { condition: 'attribute_not_exists(#version)', names: {}, values: {} }
    : { condition: '#version = :read', names: {}, values: { ':read': version } };

/** The ordinary case: a webhook names the transaction that the first one named. Then its claim does not repeat the id. */
export const namesFirstHome = (transactionId: string | null): Guard | null =>
  transactionId === null
    ? null
    : {
        condition: 'attribute_not_exists(#home) OR #home = :home',
        names: { '#home': FIRST_HOME },
        values: { ':home': transactionId },
      };

/** Both guards, or the first if there is no second. Their conditions are alternatives, joined by OR. */
export function both(one: Guard, other: Guard | null): Guard {
  if (other === null) return one;
  const [left, right] = [one, other].map(({ condition }) => condition.split(OR)) as [string[], string[]];
  return {
    condition: left.flatMap((first) => right.map((second) => `${first} AND ${second}`)).join(OR),
    names: { ...one.names, ...other.names },
    values: { ...one.values, ...other.values },
  };
}

const OR = ' OR ';

/** Changes an order's item. @returns null if the change was made, otherwise the item that failed the condition */
export async function changeOrder(
  table: Table,
  id: string,
  made: OrderChange,
  guard?: Guard,
): Promise<Item | null> {
  const update = updateOf({ ...made, replace: { ...made.replace, ...causeOf(table) } });
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: orderKey(id),
        ...update,
        ...(guard && {
          ConditionExpression: guard.condition,
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          ExpressionAttributeNames: { ...update.ExpressionAttributeNames, ...guard.names },
          ExpressionAttributeValues: { ...update.ExpressionAttributeValues, ...guard.values },
        }),
      }),
    );
    return null;
  } catch (error) {
    return refusal(error).item ?? {};
  }
}

/** The update expression of a change. It increments the item's version, and the count of writes without a webhook. */
export function updateOf({
  by,
  add = {},
  replace = {},
  initialize = {},
  copy = {},
  remove = [],
}: OrderChange) {
  const names: Record<string, string> = { '#version': 'version' };
  const values: Record<string, unknown> = { ':one': 1 };
  const placeholdersOf = (attributes: Attributes, kind: string) =>
    Object.entries(attributes).map(([name, value], index) => {
      names[`#${kind}${index}`] = name;
      values[`:${kind}${index}`] = value;
      return [`#${kind}${index}`, `:${kind}${index}`] as const;
    });
  const assignments = [
    ...placeholdersOf(replace, 'replaced').map(([name, value]) => `${name} = ${value}`),
    ...placeholdersOf(initialize, 'initial').map(
      ([name, value]) => `${name} = if_not_exists(${name}, ${value})`,
    ),
    ...Object.entries(copy).map(([name, { from, otherwise }], index) => {
      names[`#copy${index}`] = name;
      names[`#from${index}`] = from;
      values[`:otherwise${index}`] = otherwise;
      return `#copy${index} = if_not_exists(#from${index}, :otherwise${index})`;
    }),
  ];
  const removals = remove.map((name, index) => {
    names[`#removed${index}`] = name;
    return `#removed${index}`;
  });
  const additions = [
    '#version :one',
    ...(by === 'webhook' ? [] : ['#otherWrites :one']),
    ...placeholdersOf(add, 'added').map(([name, value]) => `${name} ${value}`),
  ];
  if (by !== 'webhook') names['#otherWrites'] = OTHER_WRITES;
  const set = assignments.length > 0 ? `SET ${assignments.join(', ')} ` : '';
  return {
    UpdateExpression: `${set}ADD ${additions.join(', ')}${removals.length > 0 ? ` REMOVE ${removals.join(', ')}` : ''}`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

/**
 * Sets an attribute that changes nothing about the order, so that its version stays and nothing is recomputed: if it is absent,
 * or on the guard's condition, in which it is `#stored` and `:value`.
 */
export async function storeQuietly(
  table: Table,
  id: string,
  name: string,
  value: unknown,
  guard?: Guard,
): Promise<void> {
  const { [CAUSE]: cause } = causeOf(table);
  const assigned = guard ? ':value' : 'if_not_exists(#stored, :value)';
  try {
    await table.client.send(
      new UpdateCommand({
        TableName: table.name,
        Key: orderKey(id),
        UpdateExpression: `SET #stored = ${assigned}${cause ? ', #cause = :cause' : ''}`,
        ExpressionAttributeNames: { '#stored': name, ...(cause && { '#cause': CAUSE }), ...guard?.names },
        ExpressionAttributeValues: { ':value': value, ...(cause && { ':cause': cause }), ...guard?.values },
        ...(guard && { ConditionExpression: guard.condition }),
      }),
    );
  } catch (error) {
    refusal(error);
  }
}

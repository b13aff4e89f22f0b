import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item in DynamoDB's own JSON. */
export type RawItem = Readonly<Record<string, AttributeValue>>;

/**
 * The size of an item by which DynamoDB bills a request, to a few percent: its names, and its values in UTF-8.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export function itemBytes(item: RawItem): number {
  return Object.entries(item).reduce((sum, [name, value]) => sum + attributeBytes(name, value), 0);
}

/** The size of one attribute, with its name. */
function attributeBytes(name: string, value: AttributeValue): number {
  return Buffer.byteLength(name) + valueBytes(value);
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return Math.ceil(value.N.length / 2) + 1;
  if (value.SS !== undefined) return value.SS.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
  if (value.L !== undefined) return value.L.reduce((sum, one) => sum + 1 + valueBytes(one), 3);
  if (value.M === undefined) return 1;
  return Object.entries(value.M).reduce((sum, [name, one]) => sum + 1 + attributeBytes(name, one), 3);
}

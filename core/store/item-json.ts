import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item } from './table.ts';
import { LOADED } from './table-layout.ts';

/**
 * An item as JSON in which each value names its type, so that sets and numbers stay what they are: the form of DynamoDB's own exports.
 * No item of the table has binary values. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/S3DataExport.Output.html
 */
export type ItemJson = Readonly<Record<string, unknown>>;

export function toItemJson({ [LOADED]: _, ...item }: Item): ItemJson {
  return marshall(item);
}

/** The item in such JSON; null if it is none. */
export function fromItemJson(json: ItemJson): (Item & { readonly pk: string; readonly sk: string }) | null {
  try {
    const item = unmarshall(json as Record<string, AttributeValue>);
    const { pk, sk } = item;
    return typeof pk === 'string' && typeof sk === 'string' ? { ...item, pk, sk } : null;
  } catch {
    return null;
  }
}

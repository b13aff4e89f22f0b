import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { CAUSE, type Item } from './table.ts';
import { isOfKind, LOADED } from './table-layout.ts';

/** A change of an item in the stream. Its attribute values name their type. */
export interface StreamRecord {
  readonly OldImage?: Readonly<Record<string, unknown>> | undefined;
  readonly NewImage?: Readonly<Record<string, unknown>> | undefined;
}

/** An item before and after a write. */
export interface ItemChange {
  /** Null for a new item. */
  readonly before: Item | null;
  /** Null for an item that was removed. */
  readonly after: Item | null;
}

/** Reads a record of the stream. Its items are read by those that know their kind. */
export function readStreamRecord({ OldImage, NewImage }: StreamRecord): ItemChange {
  return { before: itemIn(OldImage), after: itemIn(NewImage) };
}

function itemIn(image: StreamRecord['NewImage']): Item | null {
  return image ? unmarshall(image as Record<string, AttributeValue>) : null;
}

/** Whether an export brought the item. That is no news. */
export function isLoaded({ OldImage, NewImage }: StreamRecord = {}): boolean {
  return OldImage === undefined && NewImage?.[LOADED] !== undefined;
}

/** What caused a change; undefined if the record does not say. Unlike `readStreamRecord` it does not read the whole record. */
export function causeOfChange(record: StreamRecord | undefined): string | undefined {
  return (record?.NewImage?.[CAUSE] as { S?: string } | undefined)?.S;
}

/** The kinds of items whose changes are processed. */
export type ChangedKind = 'order' | 'transaction' | 'match_review';

/** The kind of an item by its sort key; null for one whose changes nothing processes. */
export function changedKind(sk: unknown): ChangedKind | null {
  if (isOfKind('ORDER', sk)) return 'order';
  if (isOfKind('TX', sk)) return 'transaction';
  return sk === 'MATCH_REVIEW' ? 'match_review' : null;
}

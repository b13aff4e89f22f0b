import * as z from 'zod';
import { insightRecord } from '../../core/domain/stored/insight-record.ts';

/** A column of the exported files. */
export interface Column {
  readonly name: string;
  /** As Glue and Parquet know it. */
  readonly type: string;
  /** As Athena knows it. https://docs.aws.amazon.com/athena/latest/ug/data-types.html */
  readonly athenaType: string;
}

interface FieldSchema {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly FieldSchema[];
  readonly items?: FieldSchema;
}

/**
 * The columns of the export: the fields of the event's `insight`, so that Firehose neither drops nor misses any of them. Firehose
 * matches them by name and leaves out what has no column.
 * https://docs.aws.amazon.com/firehose/latest/dev/record-format-conversion.html
 */
export function recordColumns(): Column[] {
  const { properties = {} } = z.toJSONSchema(insightRecord) as { properties?: Record<string, FieldSchema> };
  return Object.entries(properties).map(([name, schema]) => ({ name, ...typesOf(name, schema) }));
}

function typesOf(name: string, { type, anyOf, items }: FieldSchema): Omit<Column, 'name'> {
  // Every column can be null.
  const [known] = anyOf?.filter((one) => one.type !== 'null') ?? [];
  if (known) return typesOf(name, known);
  if (Array.isArray(type)) return typesOf(name, { type: type.filter((one) => one !== 'null').join() });
  if (type === 'string') return { type: 'string', athenaType: 'varchar' };
  if (type === 'integer') return { type: 'int', athenaType: 'integer' };
  if (type === 'boolean') return { type: 'boolean', athenaType: 'boolean' };
  if (type === 'array' && items?.type === 'string') {
    return { type: 'array<string>', athenaType: 'array(varchar)' };
  }
  throw new Error(`The field ${name} has no type of a column.`);
}

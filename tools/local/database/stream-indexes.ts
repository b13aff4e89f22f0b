import { DatabaseSync } from 'node:sqlite';

/**
 * The engine looks for the last sequence number before every write, and for the records after a sequence number in every
 * read of a stream. It has no index for either, so both would read all records of the stream.
 */
const INDEXES = `
  CREATE INDEX IF NOT EXISTS stream_records_by_number
    ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
  CREATE INDEX IF NOT EXISTS stream_records_by_shard
    ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER))`;

/** The engine writes for a few milliseconds at most. */
const BUSY_TIMEOUT_MS = 5000;

/** Adds indexes to the database of the embedded engine, which may be running. */
export function indexStreamRecords(dbPath: string): void {
  const database = new DatabaseSync(dbPath, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.exec(INDEXES);
  } finally {
    database.close();
  }
}

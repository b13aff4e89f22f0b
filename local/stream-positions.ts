import * as z from 'zod';
import { readJsonFile, replaceFile } from './durable-file.ts';

interface Position {
  /** The last record that was handled. */
  after?: string | undefined;
  /** The shard has ended and all of it was handled. */
  finished?: boolean | undefined;
}

/** How far a mapping has come in each shard of each stream. */
export interface Positions {
  get(streamArn: string, shardId: string): Position | undefined;
  set(streamArn: string, shardId: string, position: Position): void;
}

const positionsSchema = z.record(
  z.string(),
  z.record(z.string(), z.object({ after: z.string().optional(), finished: z.boolean().optional() })),
);

/**
 * Kept in a file, so that a killed run goes on where it was. Without a readable file it starts at the beginning,
 * which delivers some records again but loses none.
 */
export function openPositions(file: string): Positions {
  const positions = positionsSchema.safeParse(readJsonFile(file)).data ?? {};
  return {
    get: (streamArn, shardId) => positions[streamArn]?.[shardId],
    set(streamArn, shardId, position) {
      positions[streamArn] = { ...positions[streamArn], [shardId]: position };
      replaceFile(file, JSON.stringify(positions));
    },
  };
}

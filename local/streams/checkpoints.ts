import * as z from 'zod';
import { readJsonFile, replaceFileAside } from '../files/atomic-file.ts';

interface Position {
  /** The last record that was handled. */
  after?: string | undefined;
  /** The shard has ended and all of it was handled. */
  finished?: boolean | undefined;
}

/** How far a mapping has come in each shard of each stream. */
export interface Positions {
  get(streamArn: string, shardId: string): Position | undefined;
  /** In the file soon after: who waits for each would wait for the disk most of the time. */
  set(streamArn: string, shardId: string, position: Position): void;
  /** Resolves when the file holds all that was set. */
  kept(): Promise<void>;
}

const positionsSchema = z.record(
  z.string(),
  z.record(z.string(), z.object({ after: z.string().optional(), finished: z.boolean().optional() })),
);

/**
 * Kept in a file, so that a killed run goes on where it was, or shortly before. Without a readable file it starts at the
 * beginning, which delivers some records again but loses none.
 */
export function openPositions(file: string, report: (line: string) => void): Positions {
  const positions = positionsSchema.safeParse(readJsonFile(file)).data ?? {};
  let changed = false;
  let keeping = Promise.resolve();

  async function keep(): Promise<void> {
    // What is set while the file is written goes into the next one, however much it is.
    changed = false;
    try {
      await replaceFileAside(file, JSON.stringify(positions));
    } catch (error) {
      report(`${file} cannot be written, so a restart would deliver records again: ${String(error)}`);
    }
  }

  return {
    get: (streamArn, shardId) => positions[streamArn]?.[shardId],
    set(streamArn, shardId, position) {
      positions[streamArn] = { ...positions[streamArn], [shardId]: position };
      if (!changed) keeping = keeping.then(keep);
      changed = true;
    },
    kept: () => keeping,
  };
}

import * as z from 'zod';
import { readJsonFile, replaceFileAsync } from '../files/atomic-file.ts';

interface Checkpoint {
  /** Sequence number of the last handled record. */
  after?: string | undefined;
  /** The shard has ended and all its records are handled. */
  finished?: boolean | undefined;
}

/** The progress of a mapping in each shard. */
export interface Checkpoints {
  get(streamArn: string, shardId: string): Checkpoint | undefined;
  /** Written to the file shortly afterwards: waiting for the disk each time would be slow. */
  set(streamArn: string, shardId: string, checkpoint: Checkpoint): void;
  /** Resolves when the file has all checkpoints. */
  saved(): Promise<void>;
}

const checkpointsSchema = z.record(
  z.string(),
  z.record(z.string(), z.object({ after: z.string().optional(), finished: z.boolean().optional() })),
);

/**
 * Keeps checkpoints in a file, so that a run continues where a killed one stopped, or shortly before. Without a readable
 * file it starts at the oldest record, which delivers some records again but loses none.
 */
export function openCheckpoints(file: string, report: (line: string) => void): Checkpoints {
  const checkpoints = checkpointsSchema.safeParse(readJsonFile(file)).data ?? {};
  let changed = false;
  let saving = Promise.resolve();

  async function save(): Promise<void> {
    // Checkpoints that are set during the write go into the next one.
    changed = false;
    try {
      await replaceFileAsync(file, JSON.stringify(checkpoints));
    } catch (error) {
      report(`${file} cannot be written, so a restart delivers records again: ${String(error)}`);
    }
  }

  return {
    get: (streamArn, shardId) => checkpoints[streamArn]?.[shardId],
    set(streamArn, shardId, checkpoint) {
      checkpoints[streamArn] = { ...checkpoints[streamArn], [shardId]: checkpoint };
      if (!changed) saving = saving.then(save);
      changed = true;
    },
    saved: () => saving,
  };
}

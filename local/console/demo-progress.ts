import * as z from 'zod';
import { readJsonFile, replaceFile } from '../files/atomic-file.ts';

const stateSchema = z.object({ sent: z.number(), finished: z.boolean() });

/** The progress of the demo, kept in a file so that an interrupted demo resumes at the next start. */
export interface DemoProgress {
  /** It started and did not finish. */
  readonly isUnfinished: boolean;
  /** How many webhooks an unfinished demo has already sent; 0 for a new one. */
  readonly sentBefore: number;
  sent(count: number): void;
  finish(): void;
}

export function openDemoProgress(file: string): DemoProgress {
  const before = stateSchema.safeParse(readJsonFile(file)).data;
  const isUnfinished = before?.finished === false;
  const sentBefore = isUnfinished ? before.sent : 0;
  let last = sentBefore;
  const keep = (finished: boolean) => replaceFile(file, JSON.stringify({ sent: last, finished }));
  return {
    isUnfinished,
    sentBefore,
    sent(count) {
      last = count;
      keep(false);
    },
    finish: () => keep(true),
  };
}

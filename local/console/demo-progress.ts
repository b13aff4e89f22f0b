import * as z from 'zod';
import { readJsonFile, replaceFile } from '../files/atomic-file.ts';

const stateSchema = z.object({ sent: z.number(), finished: z.boolean() });

/** How far the demo has come, kept in a file so that a demo that was stopped goes on at the next start. */
export interface DemoProgress {
  /** It began and did not finish. */
  readonly isUnfinished: boolean;
  /** The webhooks that an unfinished demo sent before; 0 for one that begins. */
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

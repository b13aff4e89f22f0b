import * as z from 'zod';
import { readJsonFile, replaceFile } from '../files/atomic-file.ts';

const stateSchema = z.object({
  /** How many of its steps are done. */
  done: z.number(),
  /** Up to when its schedules ran. */
  ranUntil: z.coerce.date().nullable(),
  finished: z.boolean(),
});

/** The progress of the demo, kept in a file so that an interrupted demo resumes at the next start. */
export interface DemoProgress {
  /** It started and did not finish. */
  readonly isUnfinished: boolean;
  /** Starts it, or resumes it if it is unfinished. */
  begin(): void;
  /** The steps that are done. */
  readonly done: number;
  /** Up to when the schedules ran; null before the first. */
  readonly ranUntil: Date | null;
  /** Another step is done, and the schedules before it ran. */
  step(at: Date): void;
  /** The schedules ran. */
  ran(until: Date): void;
  finish(): void;
}

export function openDemoProgress(file: string): DemoProgress {
  const before = stateSchema.safeParse(readJsonFile(file)).data;
  let isUnfinished = before?.finished === false;
  let { done, ranUntil } = before && isUnfinished ? before : { done: 0, ranUntil: null };
  const keep = (finished: boolean) => {
    isUnfinished = !finished;
    replaceFile(file, JSON.stringify({ done, ranUntil, finished }));
  };
  return {
    get isUnfinished() {
      return isUnfinished;
    },
    begin: () => keep(false),
    get done() {
      return done;
    },
    get ranUntil() {
      return ranUntil;
    },
    step(at) {
      done += 1;
      ranUntil = at;
      keep(false);
    },
    ran(until) {
      ranUntil = until;
      keep(false);
    },
    finish: () => keep(true),
  };
}

import type { Transaction } from '../api/answers.ts';
import { ApiProblem, Unreachable } from '../api/api-client.ts';

/** Somebody else has changed it since the reader saw it. The message says who, what and when. */
export class ChangedMeanwhile extends Error {
  override readonly name = 'ChangedMeanwhile';
  /** As it is now. */
  readonly current: Transaction;

  constructor(current: Transaction, text: string) {
    super(text);
    this.current = current;
  }
}

/**
 * Makes a change. After a conflict, looks for what it conflicts with, and throws that.
 *
 * @param conflictWith null if it cannot say
 */
export async function explainConflict<Answer>(
  change: () => Promise<Answer>,
  conflictWith: () => Promise<Error | null>,
): Promise<Answer> {
  try {
    return await change();
  } catch (error) {
    const isConflict = error instanceof ApiProblem && error.status === 409;
    throw (isConflict && (await unlessUnread(conflictWith))) || error;
  }
}

/** Null where the API does not answer. */
export async function unlessUnread<Answer>(read: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ApiProblem || error instanceof Unreachable) return null;
    throw error;
  }
}

import { JunctionUnavailable } from '../../../core/junction/unavailable.ts';

/** How long an answer is used (ms). */
const MAX_AGE = 300_000;
const MAX_ANSWERS = 500;

/** Answers about Junction's catalogue and service areas, kept in memory for a while. */
export class AnswerCache<Value> {
  readonly #held = new Map<string, { readonly at: number; readonly value: Value }>();

  /** The cached or fresh answer for a key. Null if Junction is unavailable: callers must work without it. */
  async read(key: string, now: Date, ask: () => Promise<Value>): Promise<Value | null> {
    const held = this.#held.get(key);
    const age = held ? now.getTime() - held.at : -1;
    if (held && age >= 0 && age < MAX_AGE) return held.value;
    try {
      const value = await ask();
      if (this.#held.size >= MAX_ANSWERS) this.#held.clear();
      this.#held.set(key, { at: now.getTime(), value });
      return value;
    } catch (error) {
      if (error instanceof JunctionUnavailable) return null;
      throw error;
    }
  }
}

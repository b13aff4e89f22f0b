import { randomBytes } from 'node:crypto';

/** Texts that nobody can guess, each of which stands for something once and for a while. Gone with the process. */
export interface OneTimeTexts<Value> {
  /** @param expires milliseconds since 1970 */
  give(value: Value, expires: number, now: Date): string;
  /** Whoever takes one has it for good or for nothing: there is no second try. */
  take(text: string | null, now: Date): Value | undefined;
}

export function oneTimeTexts<Value>(): OneTimeTexts<Value> {
  const held = new Map<string, { value: Value; expires: number }>();

  return {
    give(value, expires, now) {
      for (const [text, { expires: end }] of held) if (end <= now.getTime()) held.delete(text);
      const text = randomBytes(32).toString('base64url');
      held.set(text, { value, expires });
      return text;
    },
    take(text, now) {
      const found = held.get(text ?? '');
      held.delete(text ?? '');
      return found && found.expires > now.getTime() ? found.value : undefined;
    },
  };
}

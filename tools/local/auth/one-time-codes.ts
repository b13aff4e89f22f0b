import { randomBytes } from 'node:crypto';

/** Random codes that can be redeemed once, until they expire. They end with the process. */
export interface OneTimeCodes<Value> {
  /** @param expires milliseconds since the epoch */
  issue(value: Value, expires: number, now: Date): string;
  /** A code is used up by the first attempt. */
  redeem(code: string | null, now: Date): Value | undefined;
  /** Nobody can redeem the code any more. */
  revoke(code: string | null): void;
}

export function oneTimeCodes<Value>(): OneTimeCodes<Value> {
  const held = new Map<string, { value: Value; expires: number }>();

  return {
    issue(value, expires, now) {
      for (const [old, { expires: end }] of held) if (end <= now.getTime()) held.delete(old);
      const code = randomBytes(32).toString('base64url');
      held.set(code, { value, expires });
      return code;
    },
    redeem(code, now) {
      const found = held.get(code ?? '');
      held.delete(code ?? '');
      return found && found.expires > now.getTime() ? found.value : undefined;
    },
    revoke(code) {
      held.delete(code ?? '');
    },
  };
}

import { createHash } from 'node:crypto';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/**
 * Random values as a pure function of a seed. `fork` derives an independent stream by name, so that a new draw in one
 * place does not change the values in others.
 */
export interface Random {
  /** An integer between the bounds, inclusive. */
  int(from: number, to: number): number;
  chance(probability: number): boolean;
  pick<T>(choices: readonly T[]): T;
  /** Picks by weight: `[['often', 5], ['rarely', 1]]`. */
  weighted<T>(choices: readonly (readonly [T, number])[]): T;
  /** Returns a shuffled copy. */
  shuffled<T>(items: readonly T[]): T[];
  digits(length: number): string;
  base62(length: number): string;
  uuid(): string;
  fork(name: string | number): Random;
}

export function random(seed: number | string): Random {
  const path = String(seed);
  const generator = xoroshiro128plus(createHash('sha256').update(path).digest().readInt32LE(0));
  const int = (from: number, to: number): number => uniformInt(generator, from, to);
  const at = <T>(items: readonly T[], index: number): T => {
    if (index < 0 || index >= items.length) throw new RangeError('Nothing to pick from');
    return items[index] as T;
  };
  const characters = (alphabet: string, length: number): string =>
    Array.from({ length }, () => alphabet.charAt(int(0, alphabet.length - 1))).join('');

  return {
    int,
    chance: (probability) => int(0, 999_999) < probability * 1_000_000,
    pick: (choices) => at(choices, int(0, choices.length - 1)),
    weighted: (choices) => {
      const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
      let rest = int(0, total - 1);
      for (const [choice, weight] of choices) {
        if (rest < weight) return choice;
        rest -= weight;
      }
      throw new RangeError('Nothing to pick from');
    },
    shuffled: (items) => {
      const result = [...items];
      for (let last = result.length - 1; last > 0; last -= 1) {
        const other = int(0, last);
        [result[last], result[other]] = [at(result, other), at(result, last)];
      }
      return result;
    },
    digits: (length) => characters('0123456789', length),
    base62: (length) => characters(BASE62, length),
    uuid: () => {
      const variant = at(['8', '9', 'a', 'b'], int(0, 3));
      const hex = characters('0123456789abcdef', 30);
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(12, 15)}-${variant}${hex.slice(15, 18)}-${hex.slice(18)}`;
    },
    fork: (name) => random(`${path}/${name}`),
  };
}

/** Histories with wrong facts, judged by the truth: in whatever order they are processed, one answer about each order makes all right. */
import { describe, expect, test } from 'vitest';
import { faultsAgainstTruth } from '../oracle/corrections/truth.ts';
import { WrongHistoryDraw } from '../oracle/corrections/wrong-histories.ts';
import { numbers } from '../oracle/orders-of-delivery.ts';
import { PublicationJudge } from '../oracle/publications/judge.ts';
import type { Fact } from '../oracle/reading/facts.ts';
import { replay } from './product.ts';

/** One seed replays a failure: `SEED=n npx vitest run tools/verification/convergence/corrections.test.ts`. */
const { SEED } = process.env;
const SEEDS = SEED === undefined ? Array.from({ length: 200 }, (_, seed) => seed) : [Number(SEED)];

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const next = numbers(seed);
  return items
    .map((item) => ({ item, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

/** The judge reads every state on the way, and knows what was received until then. */
const JUDGED = SEED === undefined ? SEEDS.slice(0, 78) : SEEDS;

test('nothing is published on the way that what was received before refutes', async () => {
  for (const seed of JUDGED) {
    const { heard, answers } = new WrongHistoryDraw(seed).draw();
    const facts = [...heard, ...answers];
    const { said } = await replay(facts, seed, new PublicationJudge(facts));
    expect(said, `SEED=${seed}`).toEqual([]);
  }
});

describe('everything is as at Junction after one answer about each order', () => {
  test.each<[string, (heard: Fact[], answers: Fact[], afterwards: Fact[], seed: number) => Fact[]]>([
    ['as it happened', (heard, answers) => [...heard, ...answers]],
    [
      'and stays so, whatever arrives again',
      (heard, answers, afterwards) => [...heard, ...answers, ...afterwards],
    ],
    ['in another order', (heard, answers, _, seed) => shuffled([...heard, ...answers], seed)],
  ])('%s', async (_, arranged) => {
    for (const seed of SEEDS) {
      const { heard, answers, afterwards, truth, askedAt } = new WrongHistoryDraw(seed).draw();
      const { state } = await replay(arranged(heard, answers, afterwards, seed), seed);
      expect(faultsAgainstTruth(state, truth, askedAt), `SEED=${seed}`).toEqual([]);
    }
  });
});

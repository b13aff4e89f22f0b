import { expect, test } from 'vitest';
import { expectedState, expectedStates } from '../oracle.ts';
import { WITH_CORRECTIONS } from '../rules.ts';
import { faultsAgainstTruth } from './truth.ts';
import { WrongHistoryDraw } from './wrong-histories.ts';

const rules = { rules: WITH_CORRECTIONS };
const SEEDS = Number(process.env.SEEDS ?? 120);

test('after one answer about each order everything is as at Junction, and stays so whatever arrives again', () => {
  let wrongBefore = 0;
  for (let seed = 0; seed < SEEDS; seed++) {
    const { heard, answers, askedAt, truth, afterwards } = new WrongHistoryDraw(seed).draw();
    if (faultsAgainstTruth(expectedState(heard, undefined, rules), truth, askedAt).length > 0) wrongBefore++;
    for (const facts of [
      [...heard, ...answers],
      [...heard, ...answers, ...afterwards],
    ]) {
      const states = [...expectedStates(facts, rules)];
      const faults = states.flatMap((state) => faultsAgainstTruth(state, truth, askedAt));
      expect(faults, `seed ${seed}`).toEqual([]);
    }
    const { corrections } = expectedState([...heard, ...answers], undefined, rules);
    expect(
      [...corrections.values()].flatMap(({ questions }) => questions),
      `seed ${seed}`,
    ).toEqual([]);
  }
  // Otherwise the histories would show nothing.
  expect(wrongBefore).toBeGreaterThan(SEEDS / 3);
});

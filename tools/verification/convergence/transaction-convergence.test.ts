/**
 * Every order of arrival of every small journey, with repetitions, leads to the state that the oracle computes
 * from the whole set at once, and nothing that is published on the way is false.
 */
import { describe, expect, test } from 'vitest';
import { everyPermutation, factorial, numbers } from '../oracle/orders-of-delivery.ts';
import { middleOf } from '../oracle/publications/history.ts';
import { PublicationJudge } from '../oracle/publications/judge.ts';
import type { Fact } from '../oracle/reading/facts.ts';
import { Course, replay } from './product.ts';
import { SMALL_JOURNEYS } from './small-journeys.ts';
import { differences, judgeEach, type Verdict } from './verdict.ts';

const FILE = 'tools/verification/convergence/transaction-convergence.test.ts';
/** Set both to replay one failure. */
const { JOURNEY, PERMUTATION } = process.env;

interface Place {
  readonly course: Course;
  readonly arrived: readonly Fact[];
}

/** Adds a repetition: in one of five cases, an earlier delivery arrives again. */
async function arrive({ course, arrived }: Place, fact: Fact, seed: number): Promise<Place> {
  const next = numbers(seed);
  const now = [...arrived, fact];
  const later = course.copy();
  await later.take(fact, next);
  while (next() % 5 === 0) {
    const again = now[next() % now.length] ?? fact;
    // A repeated registration is a new one.
    if (!('body' in again)) continue;
    await later.take(again, next);
    now.push(again);
  }
  return { course: later, arrived: now };
}

function failure(
  name: string,
  index: number,
  facts: readonly Fact[],
  order: readonly Fact[],
  fault: Verdict | readonly string[],
): string {
  const lines = 'expected' in fault ? differences(fault.expected, fault.actual) : fault;
  return [
    `"${name}", permutation ${index} of ${factorial(facts.length)}:`,
    ...lines.slice(0, 12),
    `arrived as ${order.map((fact) => facts.indexOf(fact) + 1).join(' ')}`,
    `replay: JOURNEY='${name.replaceAll("'", `'\\''`)}' PERMUTATION=${index} npx vitest run ${FILE}`,
  ].join('\n');
}

/** The others are skipped while one is replayed (see SkippedTests). */
const onlyOne =
  JOURNEY === undefined ? {} : { meta: { skippedBecause: 'JOURNEY is set: only that one runs.' } };

describe('any order of arrival', () => {
  for (const { name, facts } of SMALL_JOURNEYS) {
    test.skipIf(JOURNEY !== undefined && JOURNEY !== name)(name, onlyOne, async () => {
      const check = judgeEach(facts);
      check(await replay(facts, 0));
      const judge = new PublicationJudge(facts, { watchingSince: middleOf(facts) });
      const end = async ({ course, arrived }: Place, index: number) => {
        const ended = await course.end(numbers(index));
        if (ended.said.length > 0) expect.fail(failure(name, index, facts, arrived, ended.said));
        const verdict = check(ended);
        if (verdict) expect.fail(failure(name, index, facts, arrived, verdict));
      };
      const only = PERMUTATION === undefined ? undefined : Number(PERMUTATION);
      await everyPermutation(facts, { course: new Course(judge), arrived: [] }, { step: arrive, end, only });
    });
  }
});

import { expect, test } from 'vitest';
import { readOrThrow } from '../../../../core/reading/reading.ts';
import { cataloguedTest, labTestAnswer } from '../../junction/catalogue.ts';

/** As on https://docs.junction.com/lab/workflow/aoe */
const question = (id: number, code: string, more: object = {}) => ({
  id,
  code,
  required: true,
  type: 'choice',
  value: `Question ${code}`,
  sequence: 1,
  answers: [],
  constraint: null,
  default: null,
  ...more,
});

test('an order has to answer the required questions that Junction does not answer itself', () => {
  const questions = [
    question(1, 'BLPURP'),
    question(2, 'FSTING'),
    question(3, 'FASTING'),
    question(4, 'HISP', { default: 'N' }),
    question(5, 'RACE', { required: false }),
  ];
  const labTest = { id: 'a', method: 'walk_in_test', markers: [{ id: 173, aoe: { questions } }] };
  expect(cataloguedTest(readOrThrow(labTestAnswer, labTest))).toMatchObject({
    questions: [{ marker_id: 173, question_id: 1, text: 'Question BLPURP' }],
  });
});

import type { Fault } from '../../../core/domain/request-refused.ts';
import type { CataloguedTest, Circumstances, LabAccount } from './circumstances.ts';
import type { OrderDraft } from './order-request.ts';

/** The collection method; null if neither the request nor the known lab tests determine it. */
export function modalityOf({ collectionMethod }: OrderDraft, { tests }: Circumstances): string | null {
  const [method, ...others] = methodsOf(tests);
  return collectionMethod ?? (others.length === 0 ? (method ?? null) : null);
}

/** The rules about what is ordered: https://docs.junction.com/lab/workflow/ordering, https://docs.junction.com/lab/workflow/aoe */
export function selectionFaults(draft: OrderDraft, { tests, labAccounts }: Circumstances): Fault[] {
  const { labTestIds, addOn, collectionMethod, hasPhysician } = draft;
  const faults: Fault[] = [];
  const add = (field: string, detail: string) => void faults.push({ field, detail });
  if (labTestIds.length === 0 && !addOn) {
    add('order_set', 'The order names no lab test and no marker.');
  }
  if (addOn && collectionMethod === null) {
    add('collection_method', 'An order with an add-on needs a collection method.');
  }
  if (addOn?.markerIds && addOn.providerIds) {
    add('order_set.add_on', 'An add-on must have either marker_ids or provider_ids, not both.');
  }
  if (addOn && !addOn.markerIds && !addOn.providerIds) {
    add('order_set.add_on', 'An add-on must have marker_ids or provider_ids.');
  }
  if (!addOn && collectionMethod === null && methodsOf(tests).length > 1) {
    add(
      'collection_method',
      'The lab tests have different collection methods, so the order must specify a collection method.',
    );
  }
  if (new Set(tests.flatMap(({ lab }) => lab ?? [])).size > 1) {
    add('order_set.lab_test_ids', 'All lab tests of an order must be from the same lab.');
  }
  if (!hasPhysician && isDelegated(draft, { tests, labAccounts })) {
    add('physician', 'A delegated order needs a physician.');
  }
  return [...faults, ...unansweredQuestions(draft, tests)];
}

/**
 * Whether the order needs a physician of the customer's own: https://docs.junction.com/lab/overview/physicians. Which account
 * Junction takes if the order names none is not documented, so all of the lab have to be delegated.
 */
function isDelegated(
  { labAccountId }: OrderDraft,
  { tests, labAccounts }: Pick<Circumstances, 'tests' | 'labAccounts'>,
): boolean {
  const isUsed = (account: LabAccount) =>
    labAccountId === null
      ? account.lab !== null && tests.some(({ lab }) => lab === account.lab)
      : account.id.toLowerCase() === labAccountId.toLowerCase();
  const used = labAccounts.filter(isUsed);
  return used.length > 0 && used.every(({ delegated }) => delegated);
}

function methodsOf(tests: readonly CataloguedTest[]): string[] {
  return [...new Set(tests.flatMap(({ method }) => method ?? []))];
}

function unansweredQuestions({ answers }: OrderDraft, tests: readonly CataloguedTest[]): Fault[] {
  const questions = new Map(
    tests.flatMap((test) =>
      test.questions.map((one) => [`${one.marker_id}/${one.question_id}`, one] as const),
    ),
  );
  for (const { marker_id, question_id } of answers) questions.delete(`${marker_id}/${question_id}`);
  return [...questions.values()].map(({ marker_id, question_id, text }) => ({
    field: 'aoe_answers',
    detail: `Question ${question_id} of marker ${marker_id} needs an answer: ${text}`,
  }));
}

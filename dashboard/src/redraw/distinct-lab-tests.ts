import type { TransactionOrder } from '../api/answers.ts';
import { labText, modalityText } from '../wording/status.ts';

interface LabTestText {
  readonly name: string | null;
  /** The modality, and the lab unless the name of the test says it. */
  readonly details: string;
}

/** The lab tests of the orders, each once. */
export function distinctLabTests(
  orders: readonly Pick<TransactionOrder, 'modality' | 'lab_test'>[],
): LabTestText[] {
  const tests = new Map(
    orders.map((order) => {
      const test = textOf(order);
      return [`${test.name} ${test.details}`, test];
    }),
  );
  return [...tests.values()];
}

function textOf({ modality, lab_test }: Pick<TransactionOrder, 'modality' | 'lab_test'>): LabTestText {
  const name = lab_test?.name ?? null;
  const lab = lab_test?.lab ? labText(lab_test.lab) : null;
  const named = lab !== null && name?.toLowerCase().includes(lab.toLowerCase());
  return { name, details: [modalityText(modality), ...(lab && !named ? [lab] : [])].join(', ') };
}

import type { TransactionOrder } from '../members/transaction-orders.ts';

/** Junction has redraws for these only: https://docs.junction.com/lab/workflow/redraws */
const MODALITY = 'walk_in_test';
const LABS = ['quest', 'labcorp', 'bioreference'] as const;
export type LabWithRedraws = (typeof LABS)[number];

/** Whether the order has a modality or lab for which Junction is known not to offer redraws. */
export function isWithoutRedraws({ modality, lab_test }: TransactionOrder): boolean {
  const lab = lab_test?.lab ?? null;
  return (modality !== null && modality !== MODALITY) || (lab !== null && !LABS.some((one) => one === lab));
}

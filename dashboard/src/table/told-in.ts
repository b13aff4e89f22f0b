import type { Transaction } from '../api/answers.ts';
import type { CsvRow } from './csv.ts';

/** The columns of an export that say whether the patient was told. */
export function toldIn({ told, reach }: Pick<Transaction, 'told' | 'reach'>): CsvRow {
  return {
    reach,
    told_template: told?.template ?? null,
    told_channel: told?.channel ?? null,
    told_state: told?.state ?? null,
    told_at: told?.at ?? null,
  };
}

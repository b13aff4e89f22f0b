import type { Transaction } from '../api/answers.ts';
import { reachOf } from '../wording/messages.ts';
import type { CsvRow } from './csv.ts';

/** The columns of an export that say whether the patient was told. */
export function toldIn({ told }: Pick<Transaction, 'told'>): CsvRow {
  return {
    reach: reachOf({ told }),
    told_template: told?.template ?? null,
    told_channel: told?.channel ?? null,
    told_state: told?.state ?? null,
    told_at: told?.at ?? null,
  };
}

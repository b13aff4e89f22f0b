/** The newest answer of Junction's API that each order's item has. It need not have been asked for at the right time. */
import { instantOfStamp } from '../../../core/domain/instant.ts';
import { idIn, isOfKind } from '../../../core/store/table-layout.ts';
import type { Delivery } from '../oracle/reading/facts.ts';
import type { History } from './history.ts';

/** Each with the transaction that led to the request, if the answer names none itself. */
export function takenAnswers({ junction, memory }: History): Delivery[] {
  return [...memory.items.values()].flatMap((item) => {
    const held = item.answer as { readonly at: string; readonly transaction?: string } | undefined;
    if (!held || !isOfKind('ORDER', item.sk)) return [];
    const answer = junction.answerAbout(idIn('ORDER', item), instantOfStamp(held.at));
    if (!answer) return [];
    return [held.transaction === undefined ? answer : { ...answer, askedFor: held.transaction }];
  });
}

import { mapConcurrent } from '../../concurrency/map-concurrent.ts';
import type { StoredTransaction } from '../../domain/stored/stored-transaction.ts';
import type { HasScope } from '../../http/identity.ts';
import { type Problem, showProblem } from '../../http/problem.ts';
import { findTransaction } from '../../use-cases/team-visibility.ts';
import type { QueryContext } from '../query-context.ts';
import { showTransaction } from '../transactions/representation.ts';
import type { RedrawResult } from './answer.ts';

interface Asked {
  readonly hasScope: HasScope;
  /** The problem that an error is to the caller. */
  readonly problemFor: (error: unknown) => Problem;
}

/**
 * Changes each redraw as a request for it alone would. A refusal of one does not stop the others.
 *
 * @param change changes a redraw by the id of its transaction, which is shown to the caller
 */
export async function changeEach<Redraw extends { readonly transaction_id: string }>(
  context: QueryContext,
  redraws: readonly Redraw[],
  change: (id: string, redraw: Redraw) => Promise<StoredTransaction>,
  asked: Asked,
): Promise<RedrawResult[]> {
  const results: RedrawResult[] = [];
  await mapConcurrent([...redraws.entries()], async ([at, redraw]) => {
    results[at] = await changeOne(context, redraw, change, asked);
  });
  return results;
}

async function changeOne<Redraw extends { readonly transaction_id: string }>(
  context: QueryContext,
  redraw: Redraw,
  change: (id: string, redraw: Redraw) => Promise<StoredTransaction>,
  asked: Asked,
): Promise<RedrawResult> {
  const { transaction_id } = redraw;
  try {
    const { id } = await findTransaction(context, transaction_id);
    const transaction = showTransaction(await change(id, redraw), asked.hasScope);
    return { transaction_id, status: 200, transaction, problem: null };
  } catch (error) {
    const problem = showProblem(asked.problemFor(error));
    const { status } = problem;
    const transaction = await shownNow(context, transaction_id, status, asked);
    return { transaction_id, status, transaction, problem };
  }
}

/** The transaction after a conflict, so that the caller sees what it conflicted with. */
async function shownNow(context: QueryContext, id: string, status: number, { hasScope }: Asked) {
  if (status !== 409) return null;
  try {
    return showTransaction(await findTransaction(context, id), hasScope);
  } catch {
    // Report the refusal instead: it says what is wrong.
    return null;
  }
}

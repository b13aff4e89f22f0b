import { mapConcurrent } from '../../concurrency/map-concurrent.ts';
import type { HasScope } from '../../http/identity.ts';
import { type Problem, showProblem } from '../../http/problem.ts';
import { acknowledge } from '../../use-cases/acknowledgements/acknowledge-redraw.ts';
import type { AcknowledgementRequest } from '../../use-cases/acknowledgements/acknowledgements.ts';
import { findTransaction } from '../../use-cases/team-visibility.ts';
import type { QueryContext } from '../query-context.ts';
import { showTransaction } from '../transactions/representation.ts';
import type { AcknowledgementResult } from './answer.ts';

interface Redraw {
  readonly transaction_id: string;
  readonly replaces?: AcknowledgementRequest['replaces'];
}

interface Asked {
  readonly hasScope: HasScope;
  /** The problem that an error is to the caller. */
  readonly problemFor: (error: unknown) => Problem;
}

/** Acknowledges each redraw as a request for it alone would. A refusal of one does not stop the others. */
export async function acknowledgeEach(
  context: QueryContext,
  redraws: readonly Redraw[],
  request: AcknowledgementRequest,
  asked: Asked,
): Promise<AcknowledgementResult[]> {
  const results: AcknowledgementResult[] = [];
  await mapConcurrent([...redraws.entries()], async ([at, redraw]) => {
    results[at] = await acknowledgeOne(context, redraw, request, asked);
  });
  return results;
}

async function acknowledgeOne(
  context: QueryContext,
  { transaction_id, replaces }: Redraw,
  request: AcknowledgementRequest,
  asked: Asked,
): Promise<AcknowledgementResult> {
  try {
    const { id } = await findTransaction(context, transaction_id);
    const stored = await acknowledge(context.projection, id, { ...request, replaces }, context.clock());
    return {
      transaction_id,
      status: 200,
      transaction: showTransaction(stored, asked.hasScope),
      problem: null,
    };
  } catch (error) {
    const problem = showProblem(asked.problemFor(error));
    const { status } = problem;
    return {
      transaction_id,
      status,
      transaction: await shownNow(context, transaction_id, status, asked),
      problem,
    };
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

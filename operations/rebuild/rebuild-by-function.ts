import { InvokeCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { type Finding, NO_TOTALS, type Totals } from '../../core/use-cases/rebuild/findings.ts';
import { type Cursor, cursorSchema } from '../../core/use-cases/rebuild/position.ts';
import { Problem } from '../../lib/problems/problem.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Work, Worked } from './rebuild-work.ts';

const answerSchema = z.looseObject({
  cursor: z.nullable(cursorSchema),
  findings: z.array(z.unknown()),
  findings_left_out: z.int(),
});

/**
 * Lets the function of a deployment rebuild, as often as it takes. Nobody else needs rights on the table, and the clocks are those of
 * the deployment.
 *
 * @param seconds how long the function works per invocation; it has a default
 * @throws Problem if the function fails
 */
export async function rebuildByFunction(
  { clients, outputs, isLocal }: Deployment,
  seconds: number | undefined,
  { request, from, stop, onFinding, onProgress }: Work,
): Promise<Worked> {
  const FunctionName = isLocal ? 'rebuild' : outputs.RebuildFunctionName;
  let cursor: Cursor | null = from;
  let totals = NO_TOTALS;
  while (cursor !== null && !stop.aborted) {
    const Payload: string = JSON.stringify({ ...request, seconds, cursor });
    const answered = await clients.lambda.send(new InvokeCommand({ FunctionName, Payload }));
    const text = new TextDecoder().decode(answered.Payload);
    if (answered.FunctionError !== undefined) {
      throw new Problem(`The function ${FunctionName} failed: ${text}\nIts log names the error.`);
    }
    const answer = answerSchema.parse(JSON.parse(text));
    for (const finding of answer.findings) onFinding(finding as Finding);
    if (answer.findings_left_out > 0)
      console.error(`${answer.findings_left_out} more findings are in the log of ${FunctionName}.`);
    totals = sum(totals, answer);
    cursor = answer.cursor;
    if (cursor !== null) onProgress(cursor, totals);
  }
  return { cursor, totals };
}

function sum(totals: Totals, more: Readonly<Record<string, unknown>>): Totals {
  const added = Object.entries(totals).map(([name, count]) => [name, count + Number(more[name] ?? 0)]);
  return Object.fromEntries(added) as Totals;
}

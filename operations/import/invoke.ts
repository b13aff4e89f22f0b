import { InvokeCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { importPosition } from '../../core/store/poll-marks/import-mark.ts';
import { Problem } from '../../lib/problems/problem.ts';
import type { Deployment } from '../deployment/deployment.ts';

const reached = z.object({
  finished: z.boolean(),
  from: z.string(),
  to: z.string(),
  position: importPosition,
  retry_after: z.nullable(z.number()),
  differing: z.array(z.string()),
});

const answerSchema = z.union([z.object({ refused: z.string() }), reached]);

/** How far the function has come. */
export type Reached = z.output<typeof reached>;

/**
 * Lets the function of a deployment work for a while.
 *
 * @throws Problem if it refuses the request or fails
 */
export async function invokeImport(
  { clients, outputs, isLocal }: Pick<Deployment, 'clients' | 'outputs' | 'isLocal'>,
  request: object,
): Promise<Reached> {
  const FunctionName = isLocal ? 'import' : outputs.ImportFunctionName;
  const Payload = JSON.stringify(request);
  const answered = await clients.lambda.send(new InvokeCommand({ FunctionName, Payload }));
  const text = new TextDecoder().decode(answered.Payload);
  if (answered.FunctionError !== undefined)
    throw new Problem(`The function ${FunctionName} failed: ${text}\nIts log names the error.`);
  const answer = answerSchema.parse(JSON.parse(text));
  if ('refused' in answer) throw new Problem(answer.refused);
  return answer;
}

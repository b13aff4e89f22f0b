import { InvokeCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import { Problem } from '../../lib/problems/problem.ts';
import type { Deployment } from './deployment.ts';

/** A function, by its folder and by the output that names it. */
export interface InvokedFunction {
  readonly name: string;
  readonly output: string;
}

const refusal = z.object({ refused: z.string() });

/**
 * Lets a function of a deployment work for a while.
 *
 * @throws Problem if it refuses the request or fails
 */
export async function invokeFunction<Answer>(
  { clients, outputs, isLocal }: Pick<Deployment, 'clients' | 'outputs' | 'isLocal'>,
  { name, output }: InvokedFunction,
  request: object,
  schema: z.ZodType<Answer>,
): Promise<Answer> {
  const FunctionName = isLocal ? name : outputs[output];
  const Payload = JSON.stringify(request);
  const answered = await clients.lambda.send(new InvokeCommand({ FunctionName, Payload }));
  const text = new TextDecoder().decode(answered.Payload);
  if (answered.FunctionError !== undefined)
    throw new Problem(`The function ${FunctionName} failed: ${text}\nIts log names the error.`);
  const answer: unknown = JSON.parse(text);
  const refused = refusal.safeParse(answer);
  if (refused.success) throw new Problem(refused.data.refused);
  return schema.parse(answer);
}

import { JunctionClient, JunctionError } from '@junction-api/sdk';
import { onTestFinished } from 'vitest';
import { SANDBOX_API_KEY, type Sandbox, type SandboxOptions, startSandbox } from '../server.ts';

/** A sandbox for one test, and the official client for it without retries. */
export async function start(
  options: SandboxOptions = {},
): Promise<{ sandbox: Sandbox; client: JunctionClient }> {
  const sandbox = await startSandbox(options);
  onTestFinished(() => sandbox.close());
  const apiKey = options.apiKey ?? SANDBOX_API_KEY;
  return { sandbox, client: new JunctionClient({ baseUrl: sandbox.url, apiKey, maxRetries: 0 }) };
}

/** 200, or the status of the client's error, or its message if it has none. */
export async function statusOf(call: PromiseLike<unknown>): Promise<number | string> {
  try {
    await call;
    return 200;
  } catch (error) {
    return (error instanceof JunctionError && error.statusCode) || String(error);
  }
}

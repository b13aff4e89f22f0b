import { setTimeout as sleep } from 'node:timers/promises';
import type { Deployment } from '../deployment/deployment.ts';

/** The result of one check. What has not passed says what to do about it. */
export type Finding =
  | { readonly state: 'passed'; readonly detail: string }
  | { readonly state: 'skipped'; readonly detail: string }
  | { readonly state: 'not set up' | 'failed'; readonly detail: string; readonly remedy: string };

/** One thing that has to work after a deployment. */
export interface Check {
  readonly name: string;
  /** The permissions that it needs in AWS, besides reading the outputs of the stack. */
  readonly permissions: readonly string[];
  /** @throws what an AWS client or `fetch` throws */
  look(deployment: Deployment): Promise<Finding>;
}

export const passed = (detail: string): Finding => ({ state: 'passed', detail });
export const skipped = (detail: string): Finding => ({ state: 'skipped', detail });
export const failed = (detail: string, remedy: string): Finding => ({ state: 'failed', detail, remedy });

/** What no deployment can bring: a person, AWS or time has to. The deployment before would not have it either. */
export const notSetUp = (detail: string, remedy: string): Finding => ({
  state: 'not set up',
  detail,
  remedy,
});

/** Runs a check. An error becomes a failure that says what to do. */
export async function runCheck(check: Check, deployment: Deployment): Promise<Finding> {
  try {
    return await check.look(deployment);
  } catch (error) {
    return failureOf(check, error);
  }
}

function failureOf({ permissions }: Check, error: unknown): Finding {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  if (/AccessDenied|NotAuthorized|Unauthorized/.test(name)) {
    return failed(`AWS refused the request: ${message}`, `Use credentials with ${permissions.join(', ')}.`);
  }
  if (/Credentials|ExpiredToken|InvalidClientTokenId|UnrecognizedClient/.test(name)) {
    return failed(
      `AWS does not accept the credentials: ${message}`,
      'Sign in again, for example with aws sso login.',
    );
  }
  if (error instanceof TypeError && message === 'fetch failed') {
    const { cause } = error;
    const why = cause instanceof Error ? cause.message : 'no response';
    return failed(
      `There was no response from the URL (${why}).`,
      'Check --url and your network. For a local stack, run npm start.',
    );
  }
  return failed(
    `${name}: ${message}`,
    'Run the command again. If the error persists, look it up in the AWS documentation.',
  );
}

/** Polls until there is a result. @returns undefined on timeout */
export async function waitFor<Value>(
  ask: () => Promise<Value | undefined>,
  { milliseconds, every }: { milliseconds: number; every: number },
): Promise<Value | undefined> {
  const end = performance.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined || performance.now() > end) return answer;
    await sleep(every);
  }
}

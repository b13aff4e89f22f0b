import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ProcessOptions {
  readonly cwd?: string;
  /** The whole environment of the command. */
  readonly env: Readonly<Record<string, string>>;
  /** After this time (ms) the command is ended and counts as failed. */
  readonly limit: number;
  /** Ends the command. */
  readonly signal?: AbortSignal;
}

export class ProcessFailed extends Error {
  override readonly name = 'ProcessFailed';
}

const KILL_AFTER_MS = 3_000;

const running = new Set<Promise<unknown>>();

/** Resolves when every process that was started here has ended. After an abort, that takes some seconds. */
export async function allEnded(): Promise<void> {
  await Promise.allSettled(running);
}

/**
 * Runs a command to its end, in a process group of its own: a custom resource that hangs would outlive the CLI that waits for it.
 *
 * @returns what it printed to stdout
 * @throws {ProcessFailed} with what it printed, if it failed or took too long
 */
export function runProcess(
  command: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<string> {
  const run = runToEnd(command, args, options);
  running.add(run);
  void run.catch(() => undefined).finally(() => running.delete(run));
  return run;
}

async function runToEnd(
  command: string,
  args: readonly string[],
  { limit, signal, ...options }: ProcessOptions,
): Promise<string> {
  signal?.throwIfAborted();
  const child = startGroup(command, args, options);
  const printed = { stdout: '', all: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    printed.stdout += chunk.toString();
    printed.all += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    printed.all += chunk.toString();
  });
  let why = '';
  let ending: Promise<void> | undefined;
  const end = (reason: string) => {
    why = reason;
    ending ??= endGroup(child);
  };
  const timer = setTimeout(() => end(`It took longer than ${limit / 1_000} s.`), limit);
  const onAbort = () => end('It was interrupted.');
  signal?.addEventListener('abort', onAbort);
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    if (code === 0 && why === '') return printed.stdout;
    throw new ProcessFailed(
      `${[command, ...args].join(' ')} failed${why === '' ? ` with ${code}` : ''}. ${why}\n${printed.all}`,
    );
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    await ending;
    // Of a group whose leader has ended well, nothing may stay either.
    if (child.pid !== undefined) signalGroup(child.pid, 'SIGKILL');
  }
}

/** Starts a command as the leader of a process group. */
export function startGroup(
  command: string,
  args: readonly string[],
  options: Pick<ProcessOptions, 'cwd' | 'env'>,
): ChildProcess {
  return spawn(command, args, { ...options, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Ends a group: TERM, and after some seconds KILL for what is left of it. */
export async function endGroup(leader: ChildProcess): Promise<void> {
  const { pid } = leader;
  if (pid === undefined) return;
  const end = performance.now() + KILL_AFTER_MS;
  signalGroup(pid, 'SIGTERM');
  while (signalGroup(pid, 0) && performance.now() < end) await sleep(50);
  signalGroup(pid, 'SIGKILL');
  if (leader.exitCode === null && leader.signalCode === null) await once(leader, 'exit');
}

/** @returns whether there is such a group */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

import { expect, test } from 'vitest';
import { ProcessFailed, runProcess } from '../run-process.ts';

const env = { PATH: process.env.PATH ?? '' };

test('returns what a process prints to stdout', async () => {
  expect(await runProcess('sh', ['-c', 'echo one; echo two >&2'], { env, limit: 10_000 })).toBe('one\n');
});

test('reports a failure with all that was printed', async () => {
  const failing = runProcess('sh', ['-c', 'echo one; echo two >&2; exit 3'], { env, limit: 10_000 });
  await expect(failing).rejects.toThrow(/failed with 3.*\none\ntwo/s);
  await expect(failing).rejects.toBeInstanceOf(ProcessFailed);
});

test('ends a process that takes too long, with its children, although they ignore TERM', async () => {
  const script = 'trap "" TERM; (trap "" TERM; sleep 60 & echo $!; wait) & wait; sleep 60';
  const slow = runProcess('sh', ['-c', script], { env, limit: 300 });
  const message = await slow.then(String, (error: Error) => error.message);
  expect(message).toContain('It took longer than 0.3 s.');
  const [, child] = /\n(\d+)\n/.exec(message) ?? [];
  // Where nothing collects ended processes, it is a zombie.
  const state = await runProcess('sh', ['-c', `ps -o stat= -p ${child} || true`], { env, limit: 10_000 });
  expect(state.trim()).toMatch(/^(Z\S*)?$/);
});

test('ends a process at a signal, and starts none after it', async () => {
  const stop = new AbortController();
  const long = runProcess('sleep', ['60'], { env, limit: 60_000, signal: stop.signal });
  stop.abort(new Error('stopped'));
  await expect(long).rejects.toThrow('It was interrupted.');
  await expect(runProcess('true', [], { env, limit: 1_000, signal: stop.signal })).rejects.toThrow('stopped');
});

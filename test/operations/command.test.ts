/** What a person sees of a command that cannot run. */
import { expect, test } from 'vitest';
import * as z from 'zod';
import { runCommand } from '../../operations/command.ts';
import { Problem } from '../../operations/problem.ts';

const USAGE = 'npm run move -- --to <place>';
const crash = new Error('crash');
const refused = Object.assign(new Error('The security token is expired'), { $fault: 'client' });
const unreached = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), {
  code: 'ECONNREFUSED',
  syscall: 'connect',
  $metadata: { attempts: 3 },
});

async function run(args: string[], work: () => Promise<number> = async () => 3) {
  const printed: unknown[] = [];
  const errors: unknown[] = [];
  const command = {
    usage: USAGE,
    options: { to: { type: 'string' } },
    schema: z.object({ to: z.string('--to is missing.').min(2, 'It needs two letters.') }),
    broken: 2,
  } as const;
  const [print, printError] = [(text: unknown) => printed.push(text), (text: unknown) => errors.push(text)];
  return { code: await runCommand(command, work, { args, print, printError }), printed, errors };
}

test("the command's exit code is passed on", async () => {
  expect(await run(['--to', 'there'])).toEqual({ code: 3, printed: [], errors: [] });
});

test('--help prints the usage and runs nothing', async () => {
  expect(await run(['--help'])).toEqual({ code: 0, printed: [USAGE], errors: [] });
});

test.each([
  ['a missing option', [], '--to is missing.'],
  ['a wrong option', ['--to', 'x'], '--to: It needs two letters.'],
  ['an unknown option', ['--too', 'there'], expect.stringContaining("Unknown option '--too'")],
])('%s is named, before the usage', async (_, args, fault) => {
  expect(await run(args)).toEqual({ code: 2, printed: [], errors: [fault, `\n${USAGE}`] });
});

test.each([
  ['what a person can correct', new Problem('Give --at.'), 'Give --at.'],
  ['what AWS refuses', refused, refused.message],
  ['that AWS cannot be reached', unreached, 'connect ECONNREFUSED 127.0.0.1:9'],
  ['that no region is known', new Error('Region is missing'), 'Region is missing'],
  ['a fault of ours, with its stack trace,', crash, crash],
])('%s is printed without the usage', async (_, error, printed) => {
  expect(await run(['--to', 'there'], () => Promise.reject(error))).toEqual({
    code: 2,
    printed: [],
    errors: [printed],
  });
});

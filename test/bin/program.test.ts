/** What a person sees of the command line before a command runs, and where it cannot run. */
import { afterEach, expect, test, vi } from 'vitest';
import { redrawTracker } from '../../bin/program.ts';
import { ConfigurationError } from '../../lib/configuration/configuration-error.ts';
import { Problem } from '../../lib/problems/problem.ts';
import { faultText } from '../../operations/command-line/faults.ts';
import { runProgram } from '../../operations/command-line/run.ts';

const exitCode = process.exitCode;
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = exitCode;
});

async function run(...args: string[]) {
  const printed: string[] = [];
  const keep = (text: string | Uint8Array) => printed.push(String(text)) > 0;
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
  process.exitCode = undefined;
  await runProgram(await redrawTracker(), args, (text) => printed.push(String(text)));
  return { code: process.exitCode ?? 0, text: printed.join('') };
}

const { commands } = await redrawTracker();
const names = commands.map((command) => command.name());

test('--help lists every command', async () => {
  const { code, text } = await run('--help');
  expect(code).toBe(0);
  for (const name of names) expect(text).toContain(`\n  ${name} `);
});

test.each(names)('%s --help describes the command and each of its options', async (name) => {
  expect(await run(name, '--help')).toMatchObject({ code: 0, text: expect.stringContaining('Options:') });
  const command = commands.find((one) => one.name() === name);
  expect(command?.description()).toMatch(/\.$/);
  for (const { description } of command?.options ?? []) expect(description).not.toBe('');
});

test('an option of several commands is the same in all of them', () => {
  const described = new Map<string, Set<string>>();
  for (const { options } of commands)
    for (const { flags, description, long } of options)
      described.set(`${long}`, (described.get(`${long}`) ?? new Set()).add(`${flags} ${description}`));
  for (const shared of ['--stage', '--context', '--url', '--json'])
    expect([...(described.get(shared) ?? [])]).toHaveLength(1);
});

test.each([
  [['move'], "unknown command 'move'"],
  [['verify', '--too'], "unknown option '--too'"],
  [['restore'], "required option '--to <table>' not specified"],
  [['restore', '--to', 'x'], 'It must be the name of a table.'],
  [['explain'], "missing required argument 'id'"],
  [['verify', '--url', 'ftp://x'], 'It must be an http or https URL.'],
  [['diff', '--deployed', 'x'], 'It must be <key>=<value>.'],
  [['rebuild', '--segments', '1.5'], 'It must be a whole number.'],
  [['restore-messages', '--at', '2026-11-23'], 'It must be a time like 2026-11-23T08:00:00Z.'],
])('%j is refused, and the help is named', async (args, fault) => {
  const { code, text } = await run(...args);
  expect(code).toBe(2);
  expect(text).toContain(fault);
  expect(text).toContain('--help');
});

test.each([
  ['a stage that does not exist', ['verify', '--stage', 'nowhere'], /nowhere.*dev, staging, prod/s],
  [
    'a port that nothing listens at',
    ['explain', 'x', '--url', 'http://127.0.0.1:9'],
    /no response.*npm start/s,
  ],
  ['a number outside the limits', ['rebuild', '--segments', '65'], /--segments: /],
  ['a link that confirms nothing', ['confirm-subscription', 'https://example.com'], /whole link/],
])('%s is named without a stack trace', async (_, args, fault) => {
  const { code, text } = await run(...args);
  expect(code).toBe(2);
  expect(text).toMatch(fault);
  expect(text).not.toMatch(/\n +at /);
});

const named = (name: string, more: object = {}) => Object.assign(new Error('why'), { name, ...more });
const unreached = { code: 'ECONNREFUSED', syscall: 'connect', $metadata: { attempts: 3 } };

test.each([
  [new Problem('Give --at.'), /^Give --at\.$/],
  [new ConfigurationError(['wrong'], 'Correct it.'), /wrong/],
  [named('CredentialsProviderError'), /credentials are missing.*aws sso login/],
  [named('ExpiredTokenException', { $fault: 'client' }), /Sign in again/],
  [named('AccessDeniedException', { $fault: 'client' }), /AccessDeniedException.*why/],
  [Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), unreached), /ECONNREFUSED.*AWS_ENDPOINT_URL/],
  [Object.assign(new Error(''), unreached), /ECONNREFUSED/],
  [new Error('Region is missing'), /Set AWS_REGION/],
])('%s says what to do', (error, text) => {
  expect(faultText(error)).toMatch(text);
});

test('a fault of ours keeps its stack trace', () => {
  expect(faultText(new TypeError('x is not a function'))).toBeUndefined();
});

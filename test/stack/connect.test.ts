/** Connecting a stack to Junction by one command, and everything that can be wrong with it. */
import { execFile } from 'node:child_process';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { TRACKED_EVENTS } from '../../core/junction/webhook-kind.ts';
import { runConnect } from '../../operations/connect/run.ts';
import { SANDBOX_MANAGEMENT_KEY } from '../../tools/sandbox/api/management.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../../tools/sandbox/server.ts';
import { type StackProcess, startStack } from '../stack-process.ts';
import { QueryClient } from './query/calls.ts';

const [ORG, TEAM] = ['0b2f5c3e-0000-4000-8000-000000000001', '6353bcab-3526-4838-8c92-063fa760fb6b'];
const OTHER = 'https://other.example.com/webhooks/junction';

let sandbox: Sandbox;
let stack: StackProcess;

beforeAll(async () => {
  sandbox = await startSandbox();
  stack = await startStack({
    environment: { JUNCTION_BASE_URL: sandbox.url, JUNCTION_API_KEY: 'none' },
  });
}, 120_000);

afterAll(async () => {
  await Promise.all([stack?.stop(), sandbox?.close()]);
});

const managed = { JUNCTION_MANAGEMENT_KEY: SANDBOX_MANAGEMENT_KEY };
const arguments_ = (...more: string[]) => [
  ...['connect', '--json', '--url', stack.url, '--junction-url', sandbox.url],
  ...['--management-url', sandbox.url, ...more],
];
const ofTeam = ['--org', ORG, '--team', TEAM] as const;

/** Runs the command without a terminal. No secret may be in its output. */
function connect(env: Record<string, string>, ...more: string[]): Promise<{ code: number; answer: unknown }> {
  const options = { env: { PATH: process.env.PATH, ...env } };
  return new Promise((done) => {
    execFile(
      process.execPath,
      ['bin/redraw-tracker.js', ...arguments_(...more)],
      options,
      (error, stdout, stderr) => {
        const secrets = [...sandbox.management.secrets.values(), ...Object.values(env), SANDBOX_API_KEY];
        expect(secrets.filter((secret) => (stdout + stderr).includes(secret))).toEqual([]);
        done({ code: Number(error?.code ?? 0), answer: JSON.parse(stdout) });
      },
    );
  });
}

const refused = (words: RegExp) => ({ code: 1, answer: { error: expect.stringMatching(words) } });
const stateOf = () => [sandbox.management.endpoints.length, sandbox.outbox.endpoint?.url];

test('one command connects the stack, and a second one changes nothing', async () => {
  const before = stateOf();
  // What is wrong changes nothing.
  expect(await connect({})).toEqual(refused(/There is no terminal/));
  expect(await connect({}, ...ofTeam)).toEqual(refused(/Set JUNCTION_MANAGEMENT_KEY/));
  expect(await connect(managed)).toEqual(refused(/needs --org and --team/));
  expect(await connect({ JUNCTION_API_KEY: 'sk_wrong_key' })).toEqual(
    refused(/refused the API key at \S+ with 401/),
  );
  const wrong = { JUNCTION_MANAGEMENT_KEY: 'mg_wrong' };
  expect(await connect(wrong, ...ofTeam)).toEqual(refused(/with 401. Check the management key/));
  sandbox.management.refusal = 403;
  expect(await connect(managed, ...ofTeam)).toEqual(refused(/with 403. The plan has no Management API/));
  sandbox.management.refusal = null;
  const short = { JUNCTION_API_KEY: SANDBOX_API_KEY, JUNCTION_WEBHOOK_SECRET: 'whsec_c2hvcnQ=' };
  expect(await connect(short)).toEqual(refused(/is no signing secret/));
  expect(stateOf()).toEqual(before);

  // An endpoint of another deployment.
  sandbox.management.endpoints.push({ id: 'ep_other', url: OTHER });
  expect(await connect(managed, ...ofTeam)).toEqual(
    refused(/has an endpoint at https:\/\/other\.example\.com/),
  );

  const url = `${stack.url}/webhooks/junction`;
  expect(await connect(managed, ...ofTeam, '--beside')).toEqual({
    code: 0,
    answer: { endpoint: { url, state: 'created' }, signing_secret: 'stored', api_key: 'unchanged' },
  });
  expect(sandbox.management.endpoints.at(-1)).toMatchObject({ url, filter_types: [...TRACKED_EVENTS] });
  const again = { endpoint: { url, state: 'unchanged' }, signing_secret: 'unchanged', api_key: 'unchanged' };
  expect(await connect(managed, ...ofTeam)).toEqual({ code: 0, answer: again });
  expect(sandbox.management.endpoints).toHaveLength(2);

  // Junction's webhooks arrive, signed with the secret that nobody typed.
  const played = await fetch(`${sandbox.url}/sandbox/journeys`, {
    method: 'POST',
    body: '{"script":"walk_in_waiting","seed":1}',
  });
  const { transactionId } = (await played.json()) as { transactionId: string };
  await fetch(`${sandbox.url}/sandbox/clock`, { method: 'POST', body: '{"advanceSeconds":86400}' });
  const client = await QueryClient.open(stack.url);
  await vi.waitFor(
    async () => expect((await client.ask(`/v1/transactions/${transactionId}`)).status).toBe(200),
    { timeout: 20_000 },
  );

  // What differs is said.
  const [, ours] = sandbox.management.endpoints;
  Object.assign(ours ?? {}, { filter_types: TRACKED_EVENTS.slice(1) });
  expect(await connect(managed, ...ofTeam)).toEqual(refused(/does not get labtest\.order\.created/));
  Object.assign(ours ?? {}, { filter_types: null, disabled: true });
  expect(await connect(managed, ...ofTeam)).toEqual(refused(/is disabled/));
  Object.assign(ours ?? {}, { disabled: false });
  sandbox.management.secrets.set(ours?.id ?? '', `whsec_${Buffer.alloc(32, 1).toString('base64')}`);
  expect(await connect(managed, ...ofTeam)).toEqual(refused(/is not the one of the endpoint/));
  const other = { JUNCTION_API_KEY: 'sk_us_other_key_1' };
  expect(await connect(other)).toEqual(refused(/Another API key is stored/));
}, 180_000);

test('without the Management API, a person is led through each step', async () => {
  const plain = await startStack({
    environment: { JUNCTION_BASE_URL: sandbox.url, JUNCTION_API_KEY: 'none' },
  });
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const asked: string[] = [];
  const person = {
    secret: async (question: string) => {
      asked.push(question);
      return question.startsWith('Key') ? SANDBOX_API_KEY : secret;
    },
    done: async (task: string) => void asked.push(task),
  };
  const printed = vi.spyOn(console, 'log').mockImplementation(() => undefined);
  const told = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  try {
    const options = { url: plain.url, context: {}, junctionUrl: sandbox.url, json: true };
    expect(await runConnect(options, person)).toBe(0);
    expect(await runConnect(options, person)).toBe(0);
    const said = [...printed.mock.calls, ...told.mock.calls].flat().join('\n');
    expect(said).not.toContain(secret);
    expect(said).not.toContain(SANDBOX_API_KEY);
    const url = `${plain.url}/webhooks/junction`;
    expect(printed.mock.calls.map(([line]) => JSON.parse(line))).toEqual([
      { endpoint: { url, state: 'by_hand' }, signing_secret: 'stored', api_key: 'stored' },
      { endpoint: { url, state: 'by_hand' }, signing_secret: 'unchanged', api_key: 'unchanged' },
    ]);
    expect(asked).toEqual([
      expect.stringContaining('Key for Junction'),
      expect.stringContaining(`${url}\n  events  labtest.order.created`),
      'Signing secret of the endpoint',
    ]);
  } finally {
    printed.mockRestore();
    told.mockRestore();
    await plain.stop();
  }
}, 180_000);

/** What a verification makes of its findings. */
import { expect, test } from 'vitest';
import { readWebhook } from '../../../core/junction/webhook-message.ts';
import type { Clients } from '../../../operations/deployment/deployment.ts';
import { isLocalStack } from '../../../operations/deployment/open-deployment.ts';
import { failed, notSetUp, passed, runCheck } from '../../../operations/verify/check.ts';
import { checks } from '../../../operations/verify/checks.ts';
import { transactionsCheck } from '../../../operations/verify/transactions.ts';
import { findingLines, verify } from '../../../operations/verify/verify.ts';
import { VERIFICATION_EVENT } from '../../../operations/verify/webhook.ts';
import { type Answers, account, named, probed, quota } from './account.ts';

test('what is not set up yet fails a verification, unless it may be set up later', async () => {
  const verified = (setUpLater: boolean, answers: Answers) => {
    const skip = checks.map(({ name }) => name).filter((name) => name !== 'concurrency');
    return verify(account(answers), { skip, setUpLater }, () => {});
  };
  const small = { GetAccountSettings: quota(10) };
  expect(await verified(false, small)).toBe(false);
  expect(await verified(true, small)).toBe(true);
  expect(await verified(true, { GetAccountSettings: named('AccessDeniedException') })).toBe(false);
});

test('the test event is of a type that nothing tracks', () => {
  const body = JSON.stringify({ event_type: VERIFICATION_EVENT, data: {} });
  expect(readWebhook(body, '')).toEqual({ kind: 'untracked' });
});

test('the findings of all checks stand in columns, with what to do below', () => {
  const lines = checks.flatMap(({ name }) => [
    ...findingLines(name, passed('fine')),
    ...findingLines(name, failed('broken', 'Mend it.')),
    ...findingLines(name, notSetUp('broken', 'Mend it.')),
  ]);
  const columns = lines.map((line) => line.search(/fine$|broken$|→ Mend it\.$/));
  expect(new Set(columns).size).toBe(1);
  expect(columns[0]).toBeGreaterThan(0);
});

test('IAM judges all items of a transaction together', async () => {
  const deployment = account({});
  const { lambda } = deployment.clients;
  const asked: string[] = [];
  const send = async ({ input }: { input: { FunctionName: string; Payload: string } }) => {
    asked.push(`${input.FunctionName} ${input.Payload}`);
    return probed(!input.Payload.includes('PROBE#'));
  };
  const clients = { ...deployment.clients, lambda: { ...lambda, send } } as unknown as Clients;
  const finding = await runCheck(transactionsCheck, { ...deployment, clients });
  expect(finding).toMatchObject({ state: 'passed', detail: expect.stringContaining('at union') });
  expect(asked).toHaveLength(3);
  expect(asked[0]).toMatch(
    /^stack-Query-1 .*"action":"Put","pk":"TX#probe".*"action":"Update","pk":"ORDER#probe"/,
  );
});

test('a loopback address is that of npm start, unless AWS has an endpoint of its own', async () => {
  const cases = { '': true, 'http://127.0.0.1:4566': false };
  for (const [endpoint, isLocal] of Object.entries(cases)) {
    expect(isLocalStack('http://127.0.0.1:8787', endpoint)).toBe(isLocal);
    expect(isLocalStack('https://api.example.com', endpoint)).toBe(false);
  }
  expect(isLocalStack(undefined, '')).toBe(false);
});

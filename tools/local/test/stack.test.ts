import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { FOREIGN, send } from '../../sandbox/test/foreign-requests.ts';
import { startTinyStack, type TinyStack, tinyPlace } from './fixtures/tiny-stack.ts';

/** The parts of the answers that are checked here. */
interface Answer {
  event?: object;
  keys?: object[];
  answer?: { ARN?: string; SecretString?: string };
}

const place = tinyPlace();
const secrets = [11, 12].map((byte) => `whsec_${Buffer.alloc(24, byte).toString('base64')}`);
let stack: TinyStack;

beforeAll(async () => {
  stack = await startTinyStack(place, { WEBHOOK_SECRET: secrets.join(','), ALLOWED_HOSTS: 'ops.example' });
});

afterAll(async () => {
  await stack.stop();
  place.remove();
});

async function say(body: string, headers: Record<string, string> = { 'content-type': 'text/plain' }) {
  const response = await fetch(`${stack.url}/open`, { method: 'POST', body, headers });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

async function call(name: string, event: unknown, headers: Record<string, string> = {}) {
  const body = typeof event === 'string' ? event : JSON.stringify(event);
  return fetch(`${stack.url}/2015-03-31/functions/${name}/invocations`, { method: 'POST', body, headers });
}

async function invoke(name: string, event: unknown) {
  const response = await call(name, event);
  return { status: response.status, headers: response.headers, answer: (await response.json()) as Answer };
}

async function token(form: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(form);
  const response = await fetch(`${stack.url}/oauth2/token`, { method: 'POST', body, headers });
  return { status: response.status, answer: (await response.json()) as Record<string, string> };
}

const client = { grant_type: 'client_credentials', client_id: 'local', client_secret: 'local' };

async function get(path: string, accessToken?: string) {
  const headers: Record<string, string> = accessToken ? { authorization: `Bearer ${accessToken}` } : {};
  const response = await fetch(stack.url + path, { headers });
  return { status: response.status, answer: (await response.json()) as Answer, headers: response.headers };
}

describe('functions over HTTP', () => {
  it('get the request as an event and their own environment, but nothing of this process', async () => {
    process.env.LEAK = 'this must not be seen';
    const { status, text } = await say('hello');
    const { event, environment, context, remaining } = JSON.parse(text);
    expect(status).toBe(200);
    expect(event).toMatchObject({ version: '2.0', routeKey: 'ANY /open', body: 'hello' });
    expect(environment).toMatchObject({
      SERVICE_NAME: 'echo',
      TABLE_NAME: 'Items',
      TABLE_ARN: 'arn:aws:dynamodb:us-east-1:000000000000:table/Items',
      AWS_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'EchoFunction',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_ENDPOINT_URL_DYNAMODB: expect.stringMatching(/^http:/),
      AWS_ENDPOINT_URL: expect.stringMatching(/^http:/),
    });
    expect(environment).not.toHaveProperty('LEAK');
    expect(environment).not.toHaveProperty('PATH');
    expect(context).toMatchObject({ functionName: 'EchoFunction', memoryLimitInMB: '256' });
    expect(remaining).toBeGreaterThan(500);
    expect(remaining).toBeLessThanOrEqual(1000);
  });

  it('stay warm from one event to the next', async () => {
    const first = JSON.parse((await say('one')).text).calls;
    expect(JSON.parse((await say('two')).text).calls).toBe(first + 1);
  });

  it('handle one event at a time each, and several concurrently', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => say('pause')));
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
  });

  it.each(['throw', 'exit', 'hang', 'nonsense'])(
    'answer 500 when they %s, and then process the next event',
    async (word) => {
      const { status, text } = await say(word);
      expect([status, text]).toEqual([500, '{"message":"Internal Server Error"}']);
      expect((await say('again')).status).toBe(200);
    },
  );

  it('continue after one that crashes after its answer', async () => {
    await say('crash later');
    await new Promise((done) => setTimeout(done, 50));
    expect((await say('again')).status).toBe(200);
  });

  it('can answer with cookies, bytes or any value', async () => {
    const cookies = await say('cookies');
    expect([cookies.status, cookies.text, cookies.headers.getSetCookie()]).toEqual([
      201,
      'bytes',
      ['a=1', 'b=2'],
    ]);
    const plain = await say('plain');
    expect([plain.status, plain.text]).toEqual([200, '{"hello":"world"}']);
  });

  it('are not invoked without a route or for a body that is too large', async () => {
    expect(await get('/nowhere')).toMatchObject({ status: 404, answer: { message: 'Not Found' } });
    expect((await say('x'.repeat(10 * 1024 * 1024 + 1))).status).toBe(413);
    expect((await say('x'.repeat(7 * 1024 * 1024))).status).toBe(413);
  });

  it('write their logs to the data directory, and their warnings to the terminal', async () => {
    await say('log');
    expect(stack.printed).toContain('echo WARN: echo was called');
    expect(readFileSync(join(place.dataDirectory, 'logs', 'echo.log'), 'utf8')).toContain('echo was called');
  });

  it('apply the rules for other origins to preflight requests and to every answer', async () => {
    const told = async (origin: string, path: string, method = 'GET') => {
      const asking = method === 'OPTIONS' ? { 'access-control-request-method': 'GET' } : {};
      const { status, headers } = await fetch(stack.url + path, { method, headers: { origin, ...asking } });
      const rules = [...headers].filter(([name]) => name.startsWith('access-control-'));
      return [status, Object.fromEntries(rules)];
    };
    const allowed = {
      'access-control-allow-origin': 'https://ops.example',
      'access-control-expose-headers': 'retry-after',
    };
    const asked = { 'access-control-allow-methods': 'GET', 'access-control-allow-headers': 'authorization' };
    expect(await told('https://ops.example', '/open', 'OPTIONS')).toEqual([204, { ...allowed, ...asked }]);
    expect(await told('https://ops.example', '/items/1')).toEqual([401, allowed]);
    const elsewhere = 'http://localhost:5173';
    expect(await told(elsewhere, '/open', 'OPTIONS')).toEqual([204, {}]);
    expect(await told(elsewhere, '/items/1')).toEqual([401, {}]);
  });
});

describe('requests from elsewhere', () => {
  const invoke = 'POST /2015-03-31/functions/reader/invocations';
  const routes = [
    invoke,
    'POST /oauth2/token',
    'POST /',
    'GET /inbox.json',
    'GET /api',
    'GET /open',
    'OPTIONS /open',
  ];

  it.each(FOREIGN)('with %j reach nothing but, without a page, the webhook endpoint', async (headers) => {
    for (const route of routes) {
      const { status, text } = await send(stack.url, route, headers, '{}');
      expect([route, status, JSON.parse(text)]).toEqual([
        route,
        403,
        { message: expect.stringMatching(/ALLOWED_HOSTS\.$/) },
      ]);
    }
    const isFromPage = 'origin' in headers || 'sec-fetch-site' in headers;
    expect((await send(stack.url, 'POST /open', headers, 'plain')).status).toBe(isFromPage ? 403 : 200);
  });

  it('reach everything under an allowed name', async () => {
    const headers = { host: 'ops.example', origin: 'https://ops.example' };
    expect((await send(stack.url, invoke, headers, '{}')).status).toBe(200);
  });

  it('reach none of the endpoints of the functions', async () => {
    const { environment } = JSON.parse((await say('hello')).text);
    for (const service of ['', '_DYNAMODB', '_S3']) {
      for (const headers of FOREIGN)
        expect((await send(environment[`AWS_ENDPOINT_URL${service}`], 'POST /', headers)).status).toBe(403);
    }
  });
});

describe('tokens', () => {
  it('give access to the routes of their scopes', async () => {
    const { status, answer } = await token({ ...client, scope: 'items/read' });
    expect(status).toBe(200);
    expect(answer).toMatchObject({ expires_in: 3600, token_type: 'Bearer' });
    const read = await get('/items/7', answer.access_token);
    expect(read.status).toBe(200);
    expect(read.answer.event).toMatchObject({
      pathParameters: { id: '7' },
      requestContext: {
        authorizer: { jwt: { claims: { client_id: 'local', token_use: 'access' }, scopes: ['items/read'] } },
      },
    });
    const write = await fetch(`${stack.url}/items/7`, {
      method: 'POST',
      headers: { authorization: `Bearer ${answer.access_token}` },
    });
    expect([write.status, await write.json()]).toEqual([403, { message: 'Forbidden' }]);
  });

  it('are required', async () => {
    const { status, answer, headers } = await get('/items/7');
    expect([status, answer, headers.get('www-authenticate')]).toEqual([
      401,
      { message: 'Unauthorized' },
      'Bearer',
    ]);
    expect((await get('/whoami', 'x.y.z')).status).toBe(401);
    expect((await get('/whoami', await stack.token())).status).toBe(200);
  });

  it.each<[string, Record<string, string>, string]>([
    ['a wrong secret', { ...client, client_secret: 'x' }, 'invalid_client'],
    ['no client', { grant_type: 'client_credentials' }, 'invalid_client'],
    ['another grant', { ...client, grant_type: 'password' }, 'unsupported_grant_type'],
    ['an unknown scope', { ...client, scope: 'items/read items/steal' }, 'invalid_scope'],
  ])('are refused for %s', async (_, form, error) => {
    expect(await token(form)).toEqual({ status: 400, answer: { error } });
  });

  it('are issued for Basic credentials too, with all scopes by default', async () => {
    const authorization = `Basic ${Buffer.from('local:local').toString('base64')}`;
    const { answer } = await token({ grant_type: 'client_credentials' }, { authorization });
    const payload = JSON.parse(Buffer.from(answer.access_token?.split('.')[1] ?? '', 'base64url').toString());
    expect(payload).toMatchObject({
      iss: 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_Pool',
      scope: 'items/read items/write',
      client_id: 'local',
    });
    expect(payload).not.toHaveProperty('aud');
  });

  it('can be verified with the published keys', async () => {
    const configuration = await get('/.well-known/openid-configuration');
    expect(configuration.answer).toMatchObject({ jwks_uri: `${stack.url}/.well-known/jwks.json` });
    const { answer } = await get('/.well-known/jwks.json');
    expect(answer.keys?.[0]).toMatchObject({ kty: 'RSA', alg: 'RS256', kid: expect.any(String) });
    expect(answer.keys?.[0]).not.toHaveProperty('d');
  });
});

describe('the Invoke path', () => {
  it('passes the event to the function and returns its answer', async () => {
    const { status, answer, headers } = await invoke('echo', { say: 'plain' });
    expect([status, answer, headers.get('x-amz-function-error')]).toEqual([200, { hello: 'world' }, null]);
  });

  it('reports that the function failed', async () => {
    const { status, answer, headers } = await invoke('echo', { say: 'throw' });
    expect([status, headers.get('x-amz-function-error')]).toEqual([200, 'Unhandled']);
    expect(answer).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'as told',
      trace: expect.any(Array),
    });
  });

  it('stops a function that takes too long', async () => {
    const { answer } = await invoke('echo', { say: 'hang' });
    expect(answer).toMatchObject({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringContaining('Task timed out after 1.00 seconds'),
    });
  });

  it('names the known functions for an unknown one', async () => {
    expect((await invoke('nobody', {})).status).toBe(404);
    expect((await invoke('echo', '{"half":')).status).toBe(400);
  });

  it('rejects invocation types other than RequestResponse', async () => {
    const refused = await call('keeper', {}, { 'x-amz-invocation-type': 'Event' });
    expect([refused.status, await refused.json()]).toMatchObject([
      400,
      { Message: 'The local run does not support the invocation type Event.' },
    ]);
  });

  it('respects the reserved concurrency', async () => {
    const statuses = await Promise.all(
      Array.from({ length: 4 }, async () => (await invoke('reader', {})).status),
    );
    expect(statuses.sort()).toEqual([200, 429, 429, 429]);
  });
});

describe('schedules', () => {
  it('are shown, and those with a rate can be run on request', async () => {
    expect(stack.printed.join('\n')).toMatch(/rate\(15 minutes\): look around; next run \d{4}-/);
    const before = stack.seen().length;
    await stack.runSchedules('rate', new Date());
    const [event] = stack.seen()[before] ?? [];
    expect(event).toMatch(/^\{"time":"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"\}$/);
  });

  it('run by the clock of the machine only from when they are told to, because a demo moves the clock before', async () => {
    const another = tinyPlace();
    onTestFinished(another.remove);
    await (await startTinyStack(another)).stop();
    const file = join(another.dataDirectory, 'schedules.json');
    const before = new Date(Date.now() - 70 * 60_000).toISOString();
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/\d{4}-[^"]+Z/g, before));
    const started = await startTinyStack(another);
    onTestFinished(started.stop);
    const missed = () => started.printed.some((line) => line.startsWith('Running the missed schedule'));
    expect(missed()).toBe(false);
    started.runByTheClock();
    expect(missed()).toBe(true);
  });
});

describe('secrets', () => {
  const read = async (event: object) => (await invoke('reader', event)).answer;

  it('have the values of the settings named like their variables, including a previous value', async () => {
    expect(await read({})).toMatchObject({
      status: 200,
      answer: { SecretString: secrets[0], VersionStages: ['AWSCURRENT'] },
    });
    expect(await read({ VersionStage: 'AWSPREVIOUS' })).toMatchObject({
      answer: { SecretString: secrets[1] },
    });
  });

  it('are generated as the template describes', async () => {
    const { answer } = await read({ SecretId: 'cursor' });
    expect(answer?.SecretString).toMatch(/^[A-Za-z0-9]{40}$/);
    expect((await read({ SecretId: answer?.ARN })).answer?.SecretString).toBe(answer?.SecretString);
  });

  it('that are not there are not found', async () => {
    expect(await read({ SecretId: 'cursor', VersionStage: 'AWSPREVIOUS' })).toMatchObject({
      status: 400,
      answer: { __type: 'ResourceNotFoundException' },
    });
  });

  it.each([
    ['of a secret that its policy does not name', { SecretId: 'other' }, 'reader'],
    ['of a function without a policy', { caller: 'echo' }, 'echo'],
    ['without a signature', { caller: '' }, 'anonymous'],
  ])('are denied to a request %s, as IAM does, and the terminal says so', async (_, event, caller) => {
    expect(await read(event)).toMatchObject({ status: 400, answer: { __type: 'AccessDeniedException' } });
    expect(stack.printed.join('\n')).toMatch(
      new RegExp(`^${caller} DENIED: .*not authorized to perform: secretsmanager:GetSecretValue on`, 'm'),
    );
  });
});

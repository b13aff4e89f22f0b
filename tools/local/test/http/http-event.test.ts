import { describe, expect, it } from 'vitest';
import { type HttpRequest, httpEvent } from '../../http/http-event.ts';
import { responseOf } from '../../http/http-response.ts';
import { matchRoute, type Route } from '../../runtime/routes.ts';

function route(routeKey: string): Route {
  const [method = '', path = ''] = routeKey.split(' ');
  return {
    routeKey,
    method,
    segments: path.split('/').slice(1),
    function: { name: 'f' } as Route['function'],
    authorizer: undefined,
    scopes: [],
  };
}

function request(overrides: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method: 'POST',
    url: '/items/a%2Fb?x=1&y=2&x=%C3%BC&flag',
    headers: new Map([
      ['host', ['localhost:8787']],
      ['content-type', ['application/json; charset=utf-8']],
      ['x-many', ['one', 'two']],
      ['cookie', ['a=1; b=2']],
      ['user-agent', ['test']],
    ]),
    body: Buffer.from('{"é":1}'),
    sourceIp: '127.0.0.1',
    id: 'request-1',
    receivedAt: new Date('2026-03-04T05:06:07.089Z'),
    ...overrides,
  };
}

const match = { route: route('POST /items/{id}'), parameters: { id: 'a/b' } };

describe('payload format 2.0', () => {
  it('has the documented fields', () => {
    const authorization = {
      claims: { client_id: 'local', exp: 5, groups: ['a', 'b'] },
      scopes: ['items/read'],
    };
    expect(httpEvent(request(), match, authorization, 'api')).toEqual({
      version: '2.0',
      routeKey: 'POST /items/{id}',
      rawPath: '/items/a%2Fb',
      rawQueryString: 'x=1&y=2&x=%C3%BC&flag',
      cookies: ['a=1', 'b=2'],
      headers: {
        host: 'localhost:8787',
        'content-type': 'application/json; charset=utf-8',
        'x-many': 'one,two',
        'user-agent': 'test',
      },
      queryStringParameters: { x: '1,ü', y: '2', flag: '' },
      pathParameters: { id: 'a/b' },
      requestContext: {
        accountId: '000000000000',
        apiId: 'api',
        authorizer: {
          jwt: { claims: { client_id: 'local', exp: '5', groups: '[a b]' }, scopes: ['items/read'] },
        },
        domainName: 'localhost:8787',
        domainPrefix: 'api',
        http: {
          method: 'POST',
          path: '/items/a%2Fb',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'test',
        },
        requestId: 'request-1',
        routeKey: 'POST /items/{id}',
        stage: '$default',
        time: '04/Mar/2026:05:06:07 +0000',
        timeEpoch: Date.parse('2026-03-04T05:06:07.089Z'),
      },
      body: '{"é":1}',
      isBase64Encoded: false,
    });
  });

  it.each([
    ['application/json', false],
    ['APPLICATION/JSON', false],
    ['application/problem+json', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['text/plain; charset=utf-8', false],
    ['application/octet-stream', true],
    ['application/x-www-form-urlencoded', true],
    [undefined, true],
  ])('a body of type %s is base64: %s', (type, encoded) => {
    const headers = new Map(
      type === undefined ? [] : [['content-type', [type]] as const].map(([k, v]) => [k, [...v]]),
    );
    const event = httpEvent(request({ headers, body: Buffer.from([0x41, 0x00]) }), match, undefined, 'api');
    expect(event.isBase64Encoded).toBe(encoded);
    if (encoded) expect(event).toHaveProperty('body', 'QQA=');
  });

  it('passes a body that is not text as base64, whatever its type', () => {
    const headers = new Map([['content-type', ['application/json']]]);
    const event = httpEvent(request({ headers, body: Buffer.from([0xff, 0x00]) }), match, undefined, 'local');
    expect(event).toMatchObject({ body: '/wA=', isBase64Encoded: true });
  });

  it('passes every parameter, whatever its name', () => {
    const url = '/open?__proto__=1&constructor=2&__proto__=3&toString=&=4&%5F%5Fproto%5F%5F=5';
    const event = httpEvent(request({ url }), match, undefined, 'api');
    // As it is sent to the function.
    const { queryStringParameters } = JSON.parse(JSON.stringify(event));
    expect(Object.entries(queryStringParameters)).toEqual([
      ['__proto__', '1,3,5'],
      ['constructor', '2'],
      ['toString', ''],
      ['', '4'],
    ]);
  });

  it('omits absent fields', () => {
    const bare = request({ url: '/open', headers: new Map(), body: Buffer.alloc(0) });
    const event = httpEvent(bare, { route: route('ANY /open'), parameters: {} }, undefined, 'api');
    for (const name of ['cookies', 'queryStringParameters', 'pathParameters', 'body']) {
      expect(event).not.toHaveProperty(name);
    }
    expect(event.requestContext).not.toHaveProperty('authorizer');
  });
});

describe('routes', () => {
  const routes = ['ANY /a', 'GET /a', 'GET /a/{id}', 'GET /a/fixed', 'GET /a/{id}/b'].map(route);

  it.each([
    ['GET', '/a', 'GET /a', {}],
    ['POST', '/a', 'ANY /a', {}],
    ['GET', '/a/x%20y', 'GET /a/{id}', { id: 'x y' }],
    ['GET', '/a/%zz', 'GET /a/{id}', { id: '%zz' }],
    ['GET', '/a/fixed', 'GET /a/fixed', {}],
    ['GET', '/a/1/b', 'GET /a/{id}/b', { id: '1' }],
  ])('%s %s goes to %s', (method, path, routeKey, parameters) => {
    expect(matchRoute(routes, method, path)).toMatchObject({ route: { routeKey }, parameters });
  });

  it('match no other path', () => {
    for (const path of ['/a/1/2', '/a/', '/elsewhere'])
      expect(matchRoute(routes, 'GET', path)).toBeUndefined();
  });
});

describe('the result of a function', () => {
  const answer = (result: unknown) => {
    const { status, headers, body } = responseOf(JSON.stringify(result) ?? 'null');
    return { status, headers, body: body.toString() };
  };

  it.each([
    [{ statusCode: 204 }, 204, {}, ''],
    [{ statusCode: 200, headers: { 'X-Number': 1 }, body: 'hi' }, 200, { 'x-number': '1' }, 'hi'],
    [{ statusCode: 200, body: 'aGk=', isBase64Encoded: true }, 200, {}, 'hi'],
    [{ statusCode: 200, cookies: ['a=1', 'b=2'] }, 200, { 'set-cookie': ['a=1', 'b=2'] }, ''],
    [{ any: 'thing' }, 200, { 'content-type': 'application/json' }, '{"any":"thing"}'],
    ['text', 200, { 'content-type': 'application/json' }, 'text'],
    [null, 200, { 'content-type': 'application/json' }, 'null'],
    [{ statusCode: 200, body: { not: 'a text' } }, 500, {}, '{"message":"Internal Server Error"}'],
    [{ statusCode: 'many' }, 500, {}, '{"message":"Internal Server Error"}'],
  ])('%j becomes %i', (result, status, headers, body) => {
    expect(answer(result)).toMatchObject({ status, headers, body });
  });
});

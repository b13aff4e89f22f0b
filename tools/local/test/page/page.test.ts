import { describe, expect, it } from 'vitest';
import { buildApp } from '../../../../test/lib/synthesized-stack.ts';
import { readUserPoolClient } from '../../auth/user-pool-client.ts';
import type { HttpRequest } from '../../http/http-event.ts';
import { openPage, type Page } from '../../page/page.ts';
import type { FunctionDefinition } from '../../runtime/function-definition.ts';
import { loadTemplate } from '../../template/template.ts';
import { matchesWildcard } from '../../wildcard.ts';

const template = loadTemplate(buildApp().app.synth().directory);
const [pool = ''] = template.resources('AWS::Cognito::UserPool');
const page = openPage(template, `https://cognito-idp.us-east-1.amazonaws.com/us-east-1_${pool}`) as Page;

function ask(url: string, { method = 'GET', host = '127.0.0.1:8787' } = {}) {
  const request: HttpRequest = {
    method,
    url,
    headers: new Map([['host', [host]]]),
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    id: 'request-1',
    receivedAt: new Date(),
  };
  const { status, headers, body } = page.handle(request);
  return { status, headers, text: body.toString() };
}

const STAND_IN = '<!doctype html><title>Stand-in</title>';

describe('the page of the template', () => {
  it.each([
    '/',
    '/transactions/6424dd45-0000-4000-8000-000000000000',
    '/users/jane.doe',
    '/signed-in?code=x&state=y',
    '/v1',
    '/index.html',
  ])('is served at %s', (url) => {
    const { status, headers, text } = ask(url);
    expect([status, text, headers['cache-control']]).toEqual([200, STAND_IN, 'no-cache']);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
  });

  it('serves immutable assets, and no other files', () => {
    const { status, headers } = ask('/assets/page-1a2b3c.js');
    expect([status, headers['cache-control'], headers['content-type']]).toEqual([
      200,
      'public,max-age=31536000,immutable',
      'text/javascript; charset=utf-8',
    ]);
    for (const url of [
      '/assets/page-of-before.js',
      '/assets/',
      '/favicon.ico',
      '/..%2fpackage.json',
      '/assets/%',
    ]) {
      const { status, text } = ask(url);
      expect([url, status === 403 || text === STAND_IN]).toEqual([url, true]);
      expect(text).not.toContain('"name"');
    }
    expect(ask('/', { method: 'POST' }).status).toBe(403);
  });

  it('has a content security policy that allows only what it uses', () => {
    const { headers } = ask('/');
    expect(headers['content-security-policy']).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'; .*; connect-src 'self' https:\/\/cognito-idp\.us-east-1\.amazonaws\.com https:\/\/\S+\.auth\.us-east-1\.amazoncognito\.com; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'$/,
    );
    expect(headers).toMatchObject({
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'permissions-policy': expect.stringContaining('camera=()'),
    });
  });

  it.each(['127.0.0.1:8787', 'localhost:5173'])('signs in at its own origin %s', (host) => {
    const { headers, text } = ask('/config.json', { host });
    expect([headers['content-type'], headers['cache-control']]).toEqual(['application/json', 'no-cache']);
    expect(JSON.parse(text)).toEqual({
      issuer: `http://${host}`,
      client_id: 'dashboard',
      scopes: expect.arrayContaining([
        'openid',
        'email',
        'transactions/read',
        'redraws/write',
        'results/read',
      ]),
      redirect_path: '/signed-in',
      end_session_endpoint: `http://${host}/logout`,
      idle_minutes: 15,
      webhook_silence_hours: 72,
    });
  });

  it('passes the paths of the API to the API', () => {
    expect(['/v1/transactions', '/v1/', '/v1/nothing/there', '/openapi.json'].map(page.isForApi)).toEqual(
      Array(4).fill(true),
    );
    expect(['/', '/v1', '/v2/x', '/openapi.json/x', '/assets/v1/x'].map(page.isForApi)).toEqual(
      Array(5).fill(false),
    );
  });

  it('has the user pool client of the deployment', () => {
    const physicalName = template
      .resources('AWS::Lambda::Function')
      .find((id) => id.startsWith('PeopleSignIn'));
    const trigger = { physicalName, name: 'sign-in' } as FunctionDefinition;
    const client = readUserPoolClient(template, [trigger]);
    expect(client?.trigger).toBe(trigger);
    expect(client).toMatchObject({
      id: 'dashboard',
      callbackUrls: [expect.stringMatching(/^https:\/\/\w+\.cloudfront\.net\/signed-in$/)],
      logoutUrls: [expect.stringMatching(/^https:\/\/\w+\.cloudfront\.net\/$/)],
      groups: ['viewers', 'operators', 'clinicians', 'coordinators', 'maintainers'],
      accessTokenSeconds: 3600,
      refreshTokenSeconds: 12 * 3600,
    });
    const asked: string[] = JSON.parse(ask('/config.json').text).scopes;
    expect(asked.filter((scope) => !client?.scopes.includes(scope))).toEqual([]);
  });
});

describe('a wildcard pattern', () => {
  it.each([
    ['/v1/*', '/v1/a/b', true],
    ['/v1/*', '/v1', false],
    ['*', 'assets/a.js', true],
    ['assets/*', 'assets/deep/a.js', true],
    ['/a.json', '/aXjson', false],
    ['/?.js', '/a.js', true],
    ['/?.js', '/ab.js', false],
  ])('%s matches %s: %s', (pattern, text, fits) => {
    expect(matchesWildcard(pattern, text)).toBe(fits);
  });
});

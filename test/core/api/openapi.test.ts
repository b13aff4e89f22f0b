import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../docs/openapi/document.ts';
import { examples } from '../../../docs/openapi/examples/examples.ts';
import { everyScope } from './scene/every-scope.ts';
import { exampleWorld } from './scene/example-world.ts';
import { Described, type OpenApi } from './scene/openapi-document.ts';
import { QueryApi } from './scene/query-api.ts';

let api: QueryApi;
let document: OpenApi;
beforeAll(async () => {
  api = await QueryApi.open();
  document = (await api.get('/openapi.json')).json as unknown as OpenApi;
});
afterAll(() => api.close());

describe('the OpenAPI document', () => {
  test('is valid, and keeps the rules of docs/openapi/redocly.yaml', async () => {
    const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
    const lint = [cli, 'lint', 'openapi.json', '--format=json'];
    const { stdout } = await promisify(execFile)(process.execPath, lint, {
      cwd: join(import.meta.dirname, '../../../docs/openapi'),
      // It reports nothing to its maker, and looks for no update.
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_NOTIFICATIONS: 'true' },
    }).catch((failed: { stdout: string }) => failed);
    const { totals, problems } = JSON.parse(stdout);
    expect(problems).toEqual([]);
    expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
  });

  test('describes every route with its scope, and the webhook', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { security }]) => [
        `${method.toUpperCase()} ${path}`,
        security.flatMap((one) => Object.values(one).flat())[0] ?? null,
      ]),
    );
    expect(Object.fromEntries(described)).toEqual({ ...everyScope, 'POST /webhooks/junction': null });
  });

  test('is up to date (npm run openapi writes it)', () => {
    expect(document).toEqual(openApiDocument());
  });

  test('has no dangling reference and no duplicate name', () => {
    const text = JSON.stringify(document);
    const referred = new Set([...text.matchAll(/#\/components\/schemas\/(\w+)/g)].map(([, id]) => id));
    expect([...referred].sort()).toEqual(Object.keys(document.components.schemas).sort());
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('describes the answers of API Gateway itself in their own form', () => {
    const described = new Described(document);
    const headers = { 'content-type': 'application/json' };
    for (const operation of Object.values(document.paths).flatMap((methods) => Object.values(methods))) {
      const tokens = operation.security.length > 0 ? [401, 403] : [];
      for (const status of [...tokens, 413, 429, 500, 503]) {
        const json = { message: 'API Gateway says so' };
        const answer = { status, headers, json, text: JSON.stringify(json), bytes: Buffer.alloc(0) };
        expect(described.faultOfAnswer(operation, answer)).toBeNull();
      }
    }
  });

  test('has examples that are real answers of the API, and so has docs/api.md', async () => {
    const { explained, ...answers } = await exampleWorld(api);
    expect(answers).toEqual(examples);
    const { text } = (explained as { explanation: { text: string[] } }).explanation;
    const page = readFileSync(join(import.meta.dirname, '../../../docs/api.md'), 'utf8');
    const [, shown] = /```text\n(.*?)\n```/s.exec(page) ?? [];
    // The page shortens ids to their last characters.
    expect(shown?.split('\n')).toEqual(
      text.map((sentence) => sentence.replaceAll(/([0-9a-f]{4})[0-9a-f-]{30}([0-9a-f]{2})/g, '$1…$2')),
    );
  });

  test('has examples that fit their schemas', () => {
    const described = new Described(document);
    expect(described.examplesThatDoNotFit()).toEqual([]);
  });
});

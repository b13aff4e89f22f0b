import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openApiDocument } from '../../../docs/openapi/document.ts';
import { examples } from '../../../docs/openapi/examples/examples.ts';
import { version } from '../../../lib/configuration/version.ts';
import { namesIn, undescribed, unnamed } from './scene/described-schemas.ts';
import { everyScope } from './scene/every-scope.ts';
import { exampleWorld } from './scene/example-world.ts';
import { Described, type OpenApi } from './scene/openapi-document.ts';
import { QueryApi } from './scene/query-api.ts';

const root = join(import.meta.dirname, '../../..');

let api: QueryApi;
let document: OpenApi;
beforeAll(async () => {
  api = await QueryApi.open();
  document = (await api.get('/openapi.json')).json as unknown as OpenApi;
});
afterAll(() => api.close());

/** The constant parts of details with values. */
const FILLED_IN: Readonly<Record<string, readonly string[]>> = {
  'The parameter limit is invalid: it must be between 1 and 100.': [
    'The parameter ${',
    ' is invalid: ${',
    'it must be between 1 and 100',
  ],
  'The body is larger than 64 KiB.': ['The body is larger than ${'],
  'The body is larger than 4 MiB.': ['The body is larger than ${'],
  'You can act only in your own name. by must be olivia@example.com.': [
    'You can act only in your own name. by must be ${',
  ],
  'olivia@example.com assigned it to Olivia at 2026-03-09T08:00:00.000000Z. Nothing was changed.': [
    'assigned it to ${',
    '. Nothing was changed.',
  ],
  'olivia@example.com saved this view at 2026-03-09T08:00:00.000000Z.': ['saved this view at ${'],
  'olivia@example.com reviewed the results at 2026-03-09T08:00:00.000000Z. Nothing was changed.': [
    'reviewed the results at ${',
    '. Nothing was changed.',
  ],
  'Junction reported a later critical result at 2026-03-09T08:00:00.000000Z. Nothing was changed.': [
    'Junction reported a later critical result at ${',
  ],
  'The webhook was replayed at 2026-03-09T08:00:00.000000Z with the outcome applied, so there is nothing to dismiss.':
    ['The webhook was replayed at ${', ', so there is nothing to dismiss.'],
  'patient_address.zip: It must be a ZIP code with five digits, or with nine digits such as 85004-1234.': [
    'It must be a ZIP code with five digits, or with nine digits such as 85004-1234.',
  ],
  'Junction refused the cancellation: Transition from completed to cancelled is not allowed.': [
    'Junction refused the ${',
    'Transition from ',
    ' to cancelled is not allowed',
  ],
};

interface Served extends Omit<OpenApi, 'components'> {
  readonly servers: unknown;
  readonly components: {
    readonly securitySchemes: {
      readonly oauth2: { readonly flows: { clientCredentials: { tokenUrl: string } } };
    };
  };
}

function sourcesOf(folders: readonly string[]): string {
  return folders
    .flatMap((folder) => globSync(`${folder}/**/*.ts`, { cwd: root, exclude: ['**/docs/**', '**/test/**'] }))
    .map((file) => readFileSync(join(root, file), 'utf8'))
    .join('\n');
}

describe('the OpenAPI document', () => {
  test('is valid, and keeps the rules of docs/openapi/redocly.yaml', async () => {
    const cli = createRequire(import.meta.url).resolve('@redocly/cli/bin/cli.js');
    const lint = [cli, 'lint', 'openapi.json', '--format=json'];
    const { stdout } = await promisify(execFile)(process.execPath, lint, {
      cwd: join(root, 'docs/openapi'),
      // It reports nothing to its maker, and looks for no update.
      env: { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_NOTIFICATIONS: 'true' },
    }).catch((failed: { stdout: string }) => failed);
    const { totals, problems } = JSON.parse(stdout);
    expect(problems).toEqual([]);
    expect(totals).toEqual({ errors: 0, warnings: 0, ignored: 0 });
  });

  test('has the version of the package, and every scope', () => {
    const { info, components } = openApiDocument() as unknown as {
      info: { version: string };
      components: { securitySchemes: { oauth2: { flows: { clientCredentials: { scopes: object } } } } };
    };
    expect(info.version).toBe(version);
    const { scopes } = components.securitySchemes.oauth2.flows.clientCredentials;
    const needed = Object.values(everyScope).filter((scope) => scope !== null);
    expect(Object.keys(scopes).toSorted()).toEqual([...new Set(needed)].toSorted());
  });

  test('describes every schema, property and parameter', () => {
    expect(undescribed(document)).toEqual([]);
  });

  test('gives every object a name, and refers to it', () => {
    expect(unnamed(document)).toEqual([]);
  });

  test('closes requests and opens answers', () => {
    const closed = Object.entries(document.components.schemas)
      .filter(([, { additionalProperties }]) => additionalProperties === false)
      .map(([id]) => id);
    const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const answers = JSON.stringify([
      operations.map(({ responses }) => responses),
      document.components.responses,
    ]);
    expect(answers).not.toContain('"additionalProperties":false');
    // Only Junction's own bodies, which are passed on, may have what is not listed.
    const bodies = operations
      .flatMap(({ requestBody }) => (requestBody ? [namesIn(requestBody)] : []))
      .flat();
    expect(bodies.filter((id) => !closed.includes(id)).toSorted()).toEqual([
      'AppointmentBooking',
      'OrderRequest',
      'Webhook',
    ]);
    expect(closed.filter((id) => namesIn(JSON.parse(answers)).includes(id))).toEqual([]);
  });

  test('has an example of every problem, with a detail that the code has', () => {
    const problems = Object.values(new Described(document).document.paths)
      .flatMap((methods) => Object.values(methods))
      .flatMap(({ responses }) => Object.values(responses))
      .flatMap(({ content }) => content?.['application/problem+json'] ?? [])
      .map(({ example }) => (example as { detail?: string } | undefined)?.detail ?? 'none');
    const sources = sourcesOf(['core', 'capabilities', 'functions']);
    const isInCode = (detail: string) =>
      (FILLED_IN[detail] ?? [detail]).every((part) => sources.includes(part));
    expect([...new Set(problems)].filter((detail) => !isInCode(detail))).toEqual([]);
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
    const kept = readFileSync(join(root, 'docs/openapi/openapi.json'), 'utf8');
    expect(JSON.parse(kept)).toEqual(openApiDocument());
  });

  test('is served with the addresses of the deployment, and otherwise as it is', async () => {
    const { json } = await api.ask('GET', '/openapi.json', { headers: { 'x-forwarded-proto': 'https' } });
    const { servers, components, ...rest } = json as unknown as Served;
    expect(servers).toEqual([
      { url: 'https://api.execute-api.us-east-1.amazonaws.com', description: expect.any(String) },
    ]);
    const { tokenUrl } = components.securitySchemes.oauth2.flows.clientCredentials;
    expect(tokenUrl).toBe('https://tokens.example.com/oauth2/token');
    const { servers: _, components: __, ...others } = openApiDocument();
    expect(rest).toEqual(others);
  });

  test('has no dangling reference and no duplicate name', () => {
    expect(namesIn(document)).toEqual(Object.keys(document.components.schemas).sort());
    const ids = Object.values(document.paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('describes the answers of API Gateway itself in their own form', () => {
    const described = new Described(document);
    const headers = { 'content-type': 'application/json' };
    for (const operation of Object.values(described.document.paths).flatMap((methods) =>
      Object.values(methods),
    )) {
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
    const page = readFileSync(join(root, 'docs/api.md'), 'utf8');
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

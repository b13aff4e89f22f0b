/** Sends the API random requests, valid and invalid by its own OpenAPI document. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openApiDocument } from '../../../../docs/openapi/document.ts';
import {
  event,
  listed,
  march,
  orderId,
  transaction,
  transactionId,
  walkIn,
} from '../../../../tools/verification/oracle/bodies.ts';
import { holdsFor } from '../../../property.ts';
import {
  Described,
  type OpenApi,
  type Operation,
  type Parameter,
  type Schema,
} from '../scene/openapi-document.ts';
import { type Asked, type Call, QueryApi } from '../scene/query-api.ts';

let api: QueryApi;
/** openapi.test.ts shows that this document is the one that is served, except that its answers may have more. */
const described = new Described(openApiDocument({ closed: true }) as unknown as OpenApi);

beforeAll(async () => {
  api = await QueryApi.open();
  for (const n of [1, 2, 3]) {
    const entry = listed(n, 'redraw_available', march(2), { created_at: march(1), updated_at: march(1) });
    await api.deliver(
      walkIn(n, [event(1, 'ordered', march(1)), event(2, 'redraw_available', march(2))], {
        order_transaction: n === 3 ? null : transaction(n, 'active', [entry]),
      }),
    );
  }
  await api.take('not JSON');
});
afterAll(() => api.close());

/** Ids that exist, that could exist, and that are invalid. */
const anyId = fc.oneof(
  fc.constantFrom(...[1, 2, 3, 4].flatMap((n) => [orderId(n), transactionId(n)])),
  fc.uuid(),
);

const anyTime = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((time) => time.toISOString());

/** Texts with special meaning in a store, a shell, a page or a header. */
const nasty = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '__proto__',
    'constructor',
    "'or'1'='1",
    '{{7*7}}',
    '../../etc',
    '‮',
    'null',
    '𝕏'.repeat(200),
  ),
);

const OF_FORMAT: Readonly<Record<string, fc.Arbitrary<string>>> = {
  uuid: anyId,
  'date-time': anyTime,
  date: anyTime.map((time) => time.slice(0, 10)),
};

/** JSON Schema has no word for one line of visible text, which names must be. */
const isOneLine = (text: string) => !/[\p{Zl}\p{Zp}\p{Bidi_Control}]/u.test(text);

/** A value that fits a schema. */
function fitting(given: Schema): fc.Arbitrary<unknown> {
  const schema = described.schemaOf(given);
  const {
    type,
    format,
    pattern,
    enum: values,
    anyOf,
  } = schema as {
    type?: string | string[];
    format?: string;
    pattern?: string;
    enum?: unknown[];
    anyOf?: Schema[];
  };
  if (anyOf) return fc.oneof(...anyOf.map(fitting));
  if (values) return fc.constantFrom(...values);
  if (Array.isArray(type)) return fc.oneof(...type.map((one) => fitting({ ...schema, type: one })));
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: Number(schema.minimum ?? 0), max: Number(schema.maximum ?? 1_000) });
    case 'array':
      return fc.array(fitting(schema.items as Schema), {
        minLength: Number(schema.minItems ?? 0),
        maxLength: 9,
      });
    case 'object':
      return fittingObject(schema);
    default:
      if (format !== undefined && OF_FORMAT[format]) return OF_FORMAT[format];
      if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
      return fc
        .string({
          unit: 'grapheme',
          minLength: Number(schema.minLength ?? 0),
          maxLength: Math.min(40, Number(schema.maxLength ?? 40)),
        })
        .filter(isOneLine);
  }
}

function fittingObject(schema: Schema): fc.Arbitrary<unknown> {
  const properties = (schema.properties ?? {}) as Record<string, Schema>;
  const model = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, fitting(one)]));
  return fc.record(model, { requiredKeys: (schema.required ?? []) as string[], noNullPrototype: true });
}

interface Question {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

function questions(): Question[] {
  return Object.entries(described.document.paths)
    .filter(([path]) => path !== '/webhooks/junction')
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        name: `${method.toUpperCase()} ${path}`,
        method: method.toUpperCase(),
        path,
        operation,
      })),
    );
}

const textOf = (value: unknown) => encodeURIComponent(String(value).toWellFormed());

/** A path segment is never empty, and `.` and `..` are not segments. */
const segmentOf = (value: unknown) => textOf(value).replace(/^\.{0,2}$/, 'x');

function requests({ path, operation }: Question, of: (parameter: Parameter) => fc.Arbitrary<unknown>) {
  const parameters = operation.parameters.map((parameter) =>
    fc.tuple(
      fc.constant(parameter),
      parameter.required ? of(parameter) : fc.option(of(parameter), { nil: undefined, freq: 3 }),
    ),
  );
  return fc.tuple(...parameters).map((given) => {
    let url = path;
    const query: string[] = [];
    const headers: Record<string, string> = {};
    for (const [parameter, value] of given) {
      if (parameter.in === 'path') url = url.replace(`{${parameter.name}}`, segmentOf(value));
      else if (parameter.in === 'header') headers[parameter.name] = String(value);
      else if (value !== undefined) query.push(`${parameter.name}=${textOf(value)}`);
    }
    return { url: query.length > 0 ? `${url}?${query.join('&')}` : url, headers };
  });
}

function expectDescribed({ operation, method }: Question, url: string, asked: Asked) {
  const where = `${method} ${url} answered ${asked.status} ${asked.text.slice(0, 300)}`;
  expect(described.faultOfAnswer(operation, asked), where).toBeNull();
  // No key for Junction is configured here, so this answer is expected.
  expect(
    asked.status < 500 ||
      (asked.status === 503 &&
        (operation.tags.includes('ordering') || /\/(results|requisition|reconcile|discard)/.test(url))),
    where,
  ).toBe(true);
  expect(api.faults, where).toEqual([]);
}

/** Faults of earlier requests are forgotten: a counterexample is one request, and gets smaller by repeating it. */
async function ask(method: string, url: string, call: Call): Promise<Asked> {
  api.faults.length = 0;
  return api.ask(method, url, call);
}

// A counterexample takes many more requests until it is small.
vi.setConfig({ testTimeout: 120_000 });

/** Without a key for Junction, ordering answers all valid requests alike. */
const runsOf = ({ operation }: Question) => ({ numRuns: operation.tags.includes('ordering') ? 5 : 24 });

test.each(questions())('a valid request to $name gets a documented answer', async (question) => {
  const { operation, method } = question;
  const schema = operation.requestBody?.content['application/json']?.schema;
  const bodies = schema ? fitting(schema) : fc.constant(undefined);
  const asking = fc.asyncProperty(
    requests(question, ({ schema: one }) => fitting(one)),
    bodies,
    async ({ url, headers }, body) => {
      const asked = await ask(method, url, { headers, ...(body === undefined ? {} : { body }) });
      expectDescribed(question, url, asked);
      // Only a made-up cursor, a team of another deployment, a blank name, an entry to withdraw with another kind, a follow-up at another time than in the next 90 days, a view with a filter by text, and a period that is too long
      // or ends before it begins may be refused.
      const mayBeWrong =
        /cursor|length|needs a text|name an entry|period must|parameter from must|follow-up is|shared view|team_id is not/.test(
          url + asked.text,
        );
      if (!mayBeWrong) expect(asked.status, `${url} ${JSON.stringify(body)} ${asked.text}`).not.toBe(400);
    },
  );
  await holdsFor(asking, runsOf(question));
});

test.each(questions())('an invalid request to $name gets a documented refusal', async (question) => {
  const { operation, method } = question;
  const body = fc.oneof(fc.json(), nasty, fc.constant(undefined));
  const asking = fc.asyncProperty(
    requests(question, () => nasty),
    nasty,
    body,
    async ({ url, headers }, extra, raw) => {
      const more = `${url}${url.includes('?') ? '&' : '?'}${textOf(extra) || 'x'}=${textOf(extra)}`;
      for (const one of [url, more, `${more}&${more.slice(more.indexOf('?') + 1)}`]) {
        const withBody = operation.requestBody && raw !== undefined ? { raw: raw.toWellFormed() } : {};
        expectDescribed(question, one, await ask(method, one, { headers, ...withBody }));
      }
    },
  );
  await holdsFor(asking, runsOf(question));
});

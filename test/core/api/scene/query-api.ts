/** The query API in this process: its real handlers on the real engine, called as API Gateway calls them. */

import { randomUUID } from 'node:crypto';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import type { AuditTrail } from '../../../../core/audit/audit-entry.ts';
import type { OrderRecord } from '../../../../core/domain/order/order-record.ts';
import type { Team } from '../../../../core/domain/team.ts';
import { resultScopes } from '../../../../core/http/route-scopes.ts';
import { readOrder } from '../../../../core/store/orders/read-order.ts';
import type { Table } from '../../../../core/store/table.ts';
import { idIn, isOfKind } from '../../../../core/store/table-layout.ts';
import { type ReceivedWebhook, receive } from '../../../../core/use-cases/receive-webhook.ts';
import { type Projection, recompute } from '../../../../core/use-cases/recompute.ts';
import { httpEvent } from '../../../../tools/local/http/http-event.ts';
import type { MetricStore } from '../../../../tools/local/metrics/metric-store.ts';
import { matchRoute, type Route } from '../../../../tools/local/runtime/routes.ts';
import type { Json } from '../../../../tools/verification/oracle/reading/spelling.ts';
import { CLOCKS } from '../../../clocks.ts';
import { patientDataIn } from '../../../patient-data.ts';
import { type EngineTable, openEngineTable } from '../../store/tables/engine-table.ts';
import { everyScope } from './every-scope.ts';
import { handlerOf, type Noted, type Surroundings } from './handlers.ts';
import { type LocalMetrics, openLocalMetrics } from './local-metrics.ts';

export interface Asked {
  readonly status: number;
  readonly headers: Record<string, string>;
  /** The body as text; undefined for a binary body. */
  readonly text: string;
  readonly bytes: Buffer;
  readonly json: Json;
}

export interface QueryApiOptions {
  readonly teamId?: string;
  readonly junction?: Surroundings['junction'];
  /** The time for a request (ms). */
  readonly timeLeft?: number;
  /** The teams of a deployment of several. */
  readonly teams?: readonly Team[];
  readonly cursorSecret?: string;
  /** The claims of the token. Default: those of a program with every scope. */
  readonly claims?: Record<string, unknown>;
  /** Default: one that keeps its entries in `audited`. */
  readonly trail?: AuditTrail;
  /** Whether the deployment shows names of patients. Default: false. */
  readonly patientNames?: boolean;
  /** Whether webhooks store Junction's summary of results. Default: false. */
  readonly keepInterpretation?: boolean;
  /** Replaces its own CloudWatch. */
  readonly cloudWatch?: CloudWatchClient;
}

export interface Call {
  readonly body?: unknown;
  /** The raw body, if it is not JSON. */
  readonly raw?: string | Buffer;
  readonly contentType?: string;
  /** More headers, by name in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
}

const ROUTES = Object.keys(everyScope).map((routeKey) => {
  const [method = '', path = ''] = routeKey.split(' ');
  return { routeKey, method, segments: path.split('/').slice(1), scopes: [] } as unknown as Route;
});

/** The routes whose answers hold what Junction answered. */
const PASSED_THROUGH = new Set<string>([
  ...Object.keys(resultScopes),
  'POST /v1/orders',
  'POST /v1/orders/{id}/portal-link',
]);

const scopes = new Set(Object.values(everyScope).filter((scope) => scope !== null));
const PROGRAM = { sub: 'program', client_id: 'program', scope: [...scopes].join(' ') };

export class QueryApi implements Noted {
  readonly table: Table;
  readonly projection: Projection;
  readonly faults: Noted['faults'] = [];
  readonly audited: Noted['audited'] = [];
  readonly reconciled: Noted['reconciled'] = [];
  readonly requested: Noted['requested'] = [];
  readonly unread: Noted['unread'] = [];
  /** The current time; null for the system clock. */
  now: Date | null = null;
  readonly #engine: EngineTable;
  readonly #metrics: LocalMetrics;
  readonly #historyCache: Surroundings['historyCache'] = new Map();
  readonly #alarmsCache: Surroundings['alarmsCache'] = {};
  readonly #options: QueryApiOptions;
  readonly #changes: { before: OrderRecord | null; after: OrderRecord | null }[] = [];

  private constructor(engine: EngineTable, metrics: LocalMetrics, options: QueryApiOptions) {
    this.#engine = engine;
    this.#metrics = metrics;
    this.#options = options;
    this.table = engine.table;
    this.projection = {
      table: this.table,
      clocks: CLOCKS,
      pause: () => new Promise((done) => setTimeout(done, Math.random() * 10)),
    };
  }

  static async open(options: QueryApiOptions = {}): Promise<QueryApi> {
    const api = new QueryApi(await openEngineTable(), await openLocalMetrics(), options);
    api.#watchOrders();
    return api;
  }

  /** Another deployment of the API on the same table. */
  as(options: QueryApiOptions): QueryApi {
    return new QueryApi(this.#engine, this.#metrics, options);
  }

  /** Stores metrics of functions for the history to read. */
  get metrics(): MetricStore {
    return this.#metrics.store;
  }

  async close(): Promise<void> {
    await Promise.all([this.#engine.close(), this.#metrics.close()]);
  }

  /** Throws if an answer contains patient data, except an answer with results. */
  async ask(method: string, url: string, call: Call = {}): Promise<Asked> {
    const path = url.split('?')[0] ?? url;
    const match = matchRoute(ROUTES, method, path);
    if (!match) throw new Error(`no route for ${method} ${url}`);
    const body = call.raw ?? (call.body === undefined ? '' : JSON.stringify(call.body));
    const request = {
      method,
      url,
      headers: new Map([
        ['content-type', [call.contentType ?? 'application/json']],
        ...Object.entries(call.headers ?? {}).map(([name, value]): [string, string[]] => [name, [value]]),
      ]),
      body: Buffer.from(body),
      sourceIp: '127.0.0.1',
      id: randomUUID(),
      receivedAt: new Date(),
    };
    const { claims = PROGRAM } = this.#options;
    const event = httpEvent(
      request,
      match,
      { claims, scopes: null },
      'api',
    ) as unknown as APIGatewayProxyEventV2;
    const context = {
      getRemainingTimeInMillis: () => this.#options.timeLeft ?? 10_000,
    } as unknown as Context;
    const answer = await handlerOf(match.route.routeKey, this.#surroundings())(event, context);
    const bytes = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8');
    const text = bytes.toString('utf8');
    const found = patientDataIn(text);
    if (found.length > 0 && !PASSED_THROUGH.has(match.route.routeKey))
      throw new Error(`Patient data in the answer to ${method} ${url}: ${found}`);
    return {
      status: answer.statusCode ?? 0,
      headers: (answer.headers ?? {}) as Record<string, string>,
      text,
      bytes,
      json: parse(text) as Json,
    };
  }

  get(url: string): Promise<Asked> {
    return this.ask('GET', url);
  }

  put(url: string, body: unknown): Promise<Asked> {
    return this.ask('PUT', url, { body });
  }

  /** Processes a webhook without the stream. */
  take(body: unknown): Promise<ReceivedWebhook> {
    const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const { keepInterpretation = false } = this.#options;
    const context = {
      table: this.table,
      quarantine: this.table,
      quarantineRetentionDays: 90,
      keepInterpretation,
    };
    return receive(context, bytes, this.#clock());
  }

  /** Processes webhooks and the changes that they make. */
  async deliver(...bodies: unknown[]): Promise<void> {
    for (const body of bodies) await this.take(body);
    await this.settle();
  }

  /** Processes the changes of orders since the last call, as the stream would. */
  async settle(): Promise<void> {
    for (let change = this.#changes.shift(); change; change = this.#changes.shift()) {
      if (change.after) await recompute(this.projection, change.after);
    }
  }

  #clock(): Date {
    return this.now ?? new Date();
  }

  #surroundings(): Surroundings {
    const {
      teamId = null,
      teams = [],
      junction,
      cursorSecret = 'a secret for cursors',
      trail,
    } = this.#options;
    return {
      projection: this.projection,
      clock: () => this.#clock(),
      noted: this,
      cloudWatch: this.#options.cloudWatch ?? this.#metrics.client,
      historyCache: this.#historyCache,
      alarmsCache: this.#alarmsCache,
      teamId,
      teams,
      patientNames: this.#options.patientNames ?? false,
      junction: junction ?? { baseUrl: 'http://127.0.0.1:1', apiKey: null },
      cursorSecret,
      trail,
    };
  }

  /** Records each change of an order, as the stream would report it. */
  #watchOrders(): void {
    this.table.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const { Key = {} } = args.input as UpdateCommandInput;
          if (commandName !== 'UpdateItemCommand' || !isOfKind('ORDER', Key.sk)) return next(args);
          const id = idIn('ORDER', Key);
          const before = await readOrder(this.table, id);
          const result = await next(args);
          this.#changes.push({ before, after: await readOrder(this.table, id) });
          return result;
        },
      { step: 'initialize', priority: 'high', name: 'watchOrders' },
    );
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiAnswer, type ApiRequest, type RouteContext, refused } from './api/api.ts';
import { isManagement, Management } from './api/management.ts';
import { answerOf } from './api/routes.ts';
import { type Controlled, control, isControl } from './controls/controls.ts';
import { faultyAnswer } from './controls/fault-answers.ts';
import { Faults } from './controls/faults.ts';
import { pageOf } from './controls/page.ts';
import { RequestLog } from './controls/request-log.ts';
import type { JourneySource } from './junction/archive.ts';
import { type Junction, junction } from './junction/junction.ts';
import { freshSource } from './junction/ordering/placed-orders.ts';
import { forTrustedCallers } from './trusted-callers.ts';
import { DeliveryFaults } from './webhooks/delivery-faults.ts';
import type { Endpoint } from './webhooks/endpoint.ts';
import { Outbox } from './webhooks/outbox.ts';

/** The API key of the local sandbox. */
export const SANDBOX_API_KEY = 'sk_us_sandbox_local';

/** A response instead of the correct one, or a delay before it, for what `faults` cannot express. */
interface Fault {
  /** The delay before the response. */
  delayMs?: number;
  /** The status of the response; without it, the correct response follows the delay. */
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** A team at Junction. */
export interface SandboxTeam {
  id: string;
  apiKey: string;
  journeys?: JourneySource;
  webhooks?: Endpoint;
}

export interface SandboxOptions {
  /** 0, the default, chooses a free port. */
  port?: number;
  journeys?: JourneySource;
  apiKey?: string;
  /** The endpoint for webhooks of `resend_events`, of changes by the API and of playing journeys. Without it none are sent. */
  webhooks?: Endpoint;
  /** More teams, each with a key, journeys and an endpoint of its own. The other options are those of the first team. */
  teams?: readonly SandboxTeam[];
  /** Further names under which a forwarded port is reached (ALLOWED_HOSTS). Others than those of this machine are refused. */
  allowedHosts?: readonly string[];
  /** Called for every authenticated request in order of arrival, before the rules in `faults`. */
  fault?: (request: ApiRequest) => Fault | null;
}

export interface Sandbox {
  url: string;
  junction: Junction;
  /** What Junction knows of each team, the first one's first. */
  junctions: readonly Junction[];
  /** The fault rules of the API; empty at first. */
  faults: Faults;
  /** The fault rules of webhooks; empty at first. */
  deliveryFaults: DeliveryFaults;
  /** The webhooks that the sandbox sends itself. */
  outbox: Outbox;
  /** Junction's Management API. */
  management: Management;
  /** The authenticated requests so far, as `GET /v3/order/…`, including those with faults. */
  requests: string[];
  /** The requests by route, with their responses. */
  log: RequestLog;
  close(): Promise<void>;
}

/** How often the sandbox does what has become due (ms). */
const TICK_MS = 200;

/** Starts Junction's API on this machine, with the given journeys. `/` is a page for people. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const deliveryFaults = new DeliveryFaults();
  const { apiKey = SANDBOX_API_KEY, teams = [] } = options;
  const first = startTeam({ ...options, apiKey }, deliveryFaults);
  const all = [first, ...teams.map((team) => startTeam({ ...team, teamId: team.id }, deliveryFaults))];
  const { state, outbox } = first;
  const management = new Management(outbox, apiKey);
  const stop = new AbortController();
  const handling: Handling = {
    management,
    contexts: new Map(all.map((team) => [team.apiKey, team.context])),
    junction: state,
    faults: new Faults(),
    deliveryFaults,
    outbox,
    requests: [],
    log: new RequestLog(),
    fault: options.fault,
    signal: stop.signal,
  };
  const trust = { allowedHosts: options.allowedHosts ?? [] };
  const server = createServer(
    forTrustedCallers(trust, (request, response) => {
      handle(request, handling)
        .then((answer) => reply(response, answer))
        .catch((error: unknown) => reply(response, { status: 500, body: { detail: String(error) } }));
    }),
  );
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  const ticking = setInterval(() => {
    for (const { state: each } of all) each.tick();
  }, TICK_MS).unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    junction: state,
    junctions: all.map((team) => team.state),
    faults: handling.faults,
    deliveryFaults,
    outbox,
    management,
    requests: handling.requests,
    log: handling.log,
    close: async () => {
      clearInterval(ticking);
      stop.abort();
      server.close();
      server.closeAllConnections();
      await Promise.all([once(server, 'close'), ...all.map((team) => team.outbox.close())]);
    },
  };
}

interface TeamOptions {
  readonly apiKey: string;
  readonly journeys?: JourneySource | undefined;
  readonly webhooks?: Endpoint | undefined;
  readonly teamId?: string;
}

/** What Junction knows of a team, and what it sends to the team's endpoint. */
function startTeam({ apiKey, journeys, webhooks, teamId }: TeamOptions, faults: DeliveryFaults) {
  const source = freshSource();
  const send = (webhook: Parameters<Outbox['send']>[0]) => outbox.send(webhook);
  const state = junction(journeys, { source, send, ...(teamId !== undefined && { teamId }) });
  const { agenda, now } = state;
  const ids = source.fork('messages');
  const outbox: Outbox = new Outbox(webhooks ?? null, { agenda, now, faults, ids });
  const context: RouteContext = {
    junction: state,
    resend: (orderIds) => resend(orderIds, state, outbox),
  };
  return { apiKey, state, outbox, context };
}

/** Sends the current state of these orders, under new ids. */
function resend(orderIds: readonly string[], state: Junction, outbox: Outbox): void {
  for (const orderId of orderIds) {
    const body = state.latestWebhook(orderId);
    if (body) outbox.send({ eventType: body.event_type, body, orderId });
  }
}

interface Handling extends Controlled {
  management: Management;
  /** Of each team, by its key. */
  contexts: ReadonlyMap<string, RouteContext>;
  requests: string[];
  fault: SandboxOptions['fault'];
  signal: AbortSignal;
}

/** Null if the connection is reset. */
async function handle(message: IncomingMessage, handling: Handling): Promise<ApiAnswer | null> {
  const url = new URL(message.url ?? '/', 'http://sandbox');
  const text = Buffer.concat(await message.toArray()).toString();
  const body = parsed(text);
  const { method = 'GET' } = message;
  const { headers } = message;
  const request: ApiRequest = { method, path: url.pathname, query: url.searchParams, body, headers };
  for (const { junction: each } of handling.contexts.values()) each.tick();
  const controlled = pageOf(request) ?? (isControl(request) ? controlOf(handling, request) : null);
  if (controlled) return controlled;
  if (isManagement(request)) return handling.management.answer(request);
  const context = handling.contexts.get(String(message.headers['x-vital-api-key']));
  if (!context) {
    return { status: 401, body: { detail: 'Invalid or missing API key' } };
  }
  handling.requests.push(`${request.method} ${request.path}`);
  const { answer, fault } = await answerOrFault(request, { ...handling, context });
  handling.log.add(request, fault, answer);
  return answer;
}

function controlOf(handling: Handling, request: ApiRequest): ApiAnswer {
  if (request.body === MALFORMED) return refused(400, 'The body is not valid JSON.');
  return control(handling, request);
}

async function answerOrFault(
  request: ApiRequest,
  { context, faults, fault: trouble, signal }: Handling & { context: RouteContext },
) {
  const right = (): ApiAnswer => (request.body === MALFORMED ? NOT_JSON : answerOf(context, request));
  const wait = (ms = 0): Promise<void> | undefined =>
    ms > 0 ? sleep(ms, undefined, { signal }).catch(() => undefined) : undefined;
  const custom = trouble?.(request);
  if (custom) {
    await wait(custom.delayMs);
    return {
      answer: custom.status === undefined ? right() : customAnswer(custom, custom.status),
      fault: 'custom',
    };
  }
  const rule = faults.strike(request);
  if (!rule) return { answer: right(), fault: null };
  if (rule.fault === 'slot_taken') context.junction.appointments.take(bookingKeyIn(request.body));
  const done = rule.fault === 'late_answer' ? right() : null;
  await wait(rule.delayMs);
  return { answer: done ?? faultyAnswer(rule, right, request.path), fault: rule.id };
}

function bookingKeyIn(body: unknown): string {
  const { booking_key: key } = (typeof body === 'object' && body !== null ? body : {}) as Record<
    string,
    unknown
  >;
  return String(key ?? '');
}

function customAnswer({ body, headers }: Fault, status: number): ApiAnswer {
  return { status, body: body ?? { detail: 'On demand' }, headers: headers ?? {} };
}

/** The answer of FastAPI, whose form of validation errors Junction documents. */
const NOT_JSON: ApiAnswer = {
  status: 422,
  body: { detail: [{ loc: ['body'], msg: 'JSON decode error', type: 'json_invalid' }] },
};

const MALFORMED = Symbol('malformed');

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return MALFORMED;
  }
}

function reply(response: ServerResponse, answer: ApiAnswer | null): void {
  if (answer === null) {
    response.socket?.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(Buffer.isBuffer(answer.body) ? answer.body : JSON.stringify(answer.body));
}

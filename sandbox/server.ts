import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiAnswer, ApiRequest, RouteContext } from './api/api.ts';
import type { JourneySource } from './api/archive.ts';
import { control } from './api/controls.ts';
import { faultyAnswer } from './api/fault-answers.ts';
import { Faults } from './api/faults.ts';
import { type Junction, junction } from './api/junction.ts';
import { RequestLog } from './api/request-log.ts';
import { answerOf } from './api/routes.ts';
import { random } from './random.ts';
import type { Delivery } from './webhooks/delivery-plan.ts';
import { deliver } from './webhooks/webhook-sender.ts';

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

export interface SandboxOptions {
  /** 0, the default, chooses a free port. */
  port?: number;
  journeys?: JourneySource;
  apiKey?: string;
  /** The endpoint for webhooks of `resend_events`; without it nothing is sent. */
  webhooks?: { url: string; secret: string };
  /** Called for every authenticated request in order of arrival, before the rules in `faults`. */
  fault?: (request: ApiRequest) => Fault | null;
}

export interface Sandbox {
  url: string;
  junction: Junction;
  /** The fault rules of the API; empty at first. */
  faults: Faults;
  /** The authenticated requests so far, as `GET /v3/order/…`, including those with faults. */
  requests: string[];
  /** The requests by route, with their responses. */
  log: RequestLog;
  close(): Promise<void>;
}

/** Starts Junction's API on this machine, with the given journeys. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const state = junction(options.journeys);
  const replays = replayer(options, state);
  const stop = new AbortController();
  const handling: Handling = {
    apiKey: options.apiKey ?? SANDBOX_API_KEY,
    context: { junction: state, resend: replays.send },
    junction: state,
    faults: new Faults(),
    requests: [],
    log: new RequestLog(),
    fault: options.fault,
    signal: stop.signal,
  };
  const server = createServer((request, response) => {
    handle(request, handling)
      .then((answer) => reply(response, answer))
      .catch((error: unknown) => reply(response, { status: 500, body: { detail: String(error) } }));
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    junction: state,
    faults: handling.faults,
    requests: handling.requests,
    log: handling.log,
    close: async () => {
      stop.abort();
      server.close();
      server.closeAllConnections();
      await Promise.all([once(server, 'close'), replays.stop()]);
    },
  };
}

interface Handling {
  apiKey: string;
  context: RouteContext;
  junction: Junction;
  faults: Faults;
  requests: string[];
  log: RequestLog;
  fault: SandboxOptions['fault'];
  signal: AbortSignal;
}

/** Null if the connection is reset. */
async function handle(message: IncomingMessage, handling: Handling): Promise<ApiAnswer | null> {
  const url = new URL(message.url ?? '/', 'http://sandbox');
  const text = Buffer.concat(await message.toArray()).toString();
  const body = parsed(text);
  const { method = 'GET' } = message;
  const request: ApiRequest = { method, path: url.pathname, query: url.searchParams, body };
  const controlled = body === MALFORMED ? null : control(handling, request);
  if (controlled) return controlled;
  if (message.headers['x-vital-api-key'] !== handling.apiKey) {
    return { status: 401, body: { detail: 'Invalid or missing API key' } };
  }
  handling.requests.push(`${request.method} ${request.path}`);
  const { answer, fault } = await answerOrFault(request, handling);
  handling.log.add(request, fault, answer?.status ?? null);
  return answer;
}

async function answerOrFault(request: ApiRequest, { context, faults, fault: trouble, signal }: Handling) {
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
  await wait(rule.delayMs);
  return { answer: faultyAnswer(rule, right), fault: rule.id };
}

function customAnswer({ body, headers }: Fault, status: number): ApiAnswer {
  return { status, body: body ?? { detail: 'On demand' }, headers: headers ?? {} };
}

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

/** Sends replays under new ids, after the request for them is answered. */
function replayer({ webhooks }: SandboxOptions, state: Junction) {
  const ids = random('replays');
  const stop = new AbortController();
  const running = new Set<Promise<unknown>>();
  const send = (orderIds: readonly string[]): void => {
    if (!webhooks) return;
    const deliveries = orderIds.flatMap((id): Delivery[] => {
      const webhook = state.latestWebhook(id);
      if (!webhook) return [];
      const svixId = `msg_${ids.base62(27)}`;
      return [
        { svixId, eventType: webhook.event_type, body: JSON.stringify(webhook), journey: `replay of ${id}` },
      ];
    });
    const sending = deliver(deliveries, { ...webhooks, signal: stop.signal }).finally(() =>
      running.delete(sending),
    );
    running.add(sending);
  };
  return {
    send,
    stop: async () => {
      stop.abort();
      await Promise.all(running);
    },
  };
}

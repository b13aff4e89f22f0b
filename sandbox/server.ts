import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Delivery, deliver } from './delivery.ts';
import type { Journey } from './journeys.ts';
import { type Junction, junction } from './junction.ts';
import { random } from './random.ts';
import { type ApiAnswer, type ApiRequest, answerOf, type Behind } from './routes.ts';

/** The key of the sandbox beside `npm start`; nobody else's. */
export const SANDBOX_API_KEY = 'sk_us_sandbox_local';

/** Instead of, or before, the right answer. */
interface Fault {
  /** Waits so long first. */
  delayMs?: number;
  /** Answers so instead of the truth; without a status the truth follows the delay. */
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface SandboxOptions {
  /** 0, the default, takes a free one. */
  port?: number;
  journeys?: readonly Journey[];
  apiKey?: string;
  /** Where `resend_events` sends its webhooks; without it they are only answered for. */
  webhooks?: { url: string; secret: string };
  /** Asked about every authenticated request, in the order they arrive. */
  fault?: (request: ApiRequest) => Fault | null;
}

export interface Sandbox {
  url: string;
  junction: Junction;
  /** Authenticated requests so far, as `GET /v3/order/…`, faulty ones too. */
  requests: string[];
  close(): Promise<void>;
}

/** Junction's API on this machine, over the given journeys. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const state = junction(options.journeys);
  const requests: string[] = [];
  const replays = replayer(options, state);
  const behind: Behind = { junction: state, resend: replays.send };
  const server = createServer((request, response) => {
    handle(request, { apiKey: options.apiKey ?? SANDBOX_API_KEY, behind, requests, fault: options.fault })
      .then((answer) => reply(response, answer))
      .catch((error: unknown) => reply(response, { status: 500, body: { detail: String(error) } }));
  });
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    junction: state,
    requests,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await Promise.all([once(server, 'close'), replays.stop()]);
    },
  };
}

interface Handling {
  apiKey: string;
  behind: Behind;
  requests: string[];
  fault: SandboxOptions['fault'];
}

async function handle(message: IncomingMessage, { apiKey, behind, requests, fault }: Handling) {
  const url = new URL(message.url ?? '/', 'http://sandbox');
  const method = message.method ?? 'GET';
  const text = Buffer.concat(await message.toArray()).toString();
  if (message.headers['x-vital-api-key'] !== apiKey) {
    return { status: 401, body: { detail: 'Invalid or missing API key' } };
  }
  requests.push(`${method} ${url.pathname}`);
  const body = parsed(text);
  if (body === MALFORMED)
    return {
      status: 422,
      body: { detail: [{ loc: ['body'], msg: 'JSON decode error', type: 'json_invalid' }] },
    };
  const request: ApiRequest = { method, path: url.pathname, query: url.searchParams, body };
  const trouble = fault?.(request);
  if (trouble?.delayMs) await sleep(trouble.delayMs);
  if (trouble?.status === undefined) return answerOf(behind, request);
  return {
    status: trouble.status,
    body: trouble.body ?? { detail: 'On demand' },
    headers: trouble.headers ?? {},
  };
}

const MALFORMED = Symbol('malformed');

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return MALFORMED;
  }
}

function reply(response: ServerResponse, answer: ApiAnswer & { headers?: Record<string, string> }): void {
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers });
  response.end(JSON.stringify(answer.body));
}

/** Replays come under new ids, and not before the request for them is answered. */
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

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { authorize } from '../auth/authorizer.ts';
import type { TokenIssuer } from '../auth/token-issuer.ts';
import { answerApiReference } from '../page/api-reference.ts';
import type { Page } from '../page/page.ts';
import { Problem } from '../problem.ts';
import type { AsyncInvocations } from '../runtime/async-invocations.ts';
import { type LocalFunction, Throttled } from '../runtime/functions.ts';
import { invokeApi } from '../runtime/invoke-api.ts';
import { corsHeaders, preflightAnswer } from './cors.ts';
import { type Authorization, type HttpRequest, httpEvent, splitUrl } from './http-event.ts';
import { answerOf, type HttpAnswer, message } from './http-response.ts';
import { type HttpApi, matchRoute, type RouteMatch } from './routes.ts';

/** The local port, taken before anything slow is done. It answers 503 until `serve` says what to serve. */
export interface Gateway {
  url: string;
  serve(backend: Backend): void;
  /** Takes no further requests, and waits for those under way. */
  stop(): Promise<void>;
}

interface Backend {
  api: HttpApi | undefined;
  /** By name. */
  functions: ReadonlyMap<string, LocalFunction>;
  invocations: Pick<AsyncInvocations, 'accept'>;
  issuer: TokenIssuer;
  page: Page | undefined;
  /** For what the gateway itself cannot do; it answers 500 then. */
  onError(error: unknown): void;
}

/** API Gateway takes 10 MB, and hands an event of at most 6 MB to a function. */
const MOST_BODY_BYTES = 10 * 1024 * 1024;
const MOST_PAYLOAD_BYTES = 6 * 1024 * 1024;

/** Longer than clients keep idle connections: none must write into one that was just closed. */
const KEEP_ALIVE_MS = 350_000;

/**
 * Serves the template's HTTP API and its page, Lambda's Invoke path, and the issuer of tokens.
 * @param wanted 0 takes a free port
 * @throws Problem if the port cannot be had
 */
export async function openGateway(wanted: number): Promise<Gateway> {
  let backend: Backend | undefined;
  const server = createServer((incoming, response) => {
    if (!backend) return send(response, message(503, 'Service Unavailable'));
    const { onError } = backend;
    respond(backend, incoming, response).catch((error: unknown) => {
      onError(error);
      if (!response.headersSent) send(response, message(500, 'Internal Server Error'));
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const port = await listen(server, wanted);
  return {
    url: `http://127.0.0.1:${port}`,
    serve(what) {
      backend = what;
    },
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 5000).unref();
      }),
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((done, fail) => {
    server.once('error', (error: NodeJS.ErrnoException) => fail(listenProblem(error, port)));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      done(typeof address === 'object' && address ? address.port : port);
    });
  });
}

function listenProblem(error: NodeJS.ErrnoException, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    return new Problem(
      `Port ${port} is in use. Stop what listens there, or set PORT to another one (0 takes a free one).`,
    );
  }
  if (error.code === 'EACCES')
    return new Problem(`Port ${port} is not allowed here. Set PORT to one above 1023.`);
  return error;
}

async function respond(backend: Backend, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(incoming);
  if (body === undefined) return;
  if (body === 'too large') {
    // What is still to come is not read, so the connection cannot be used again.
    response.setHeader('connection', 'close');
    send(response, message(413, 'Request Entity Too Large'));
    return;
  }
  const request: HttpRequest = {
    method: incoming.method ?? 'GET',
    url: incoming.url ?? '/',
    headers: headersOf(incoming),
    body,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    receivedAt: new Date(),
  };
  send(response, await answer(backend, request));
}

async function answer(backend: Backend, request: HttpRequest): Promise<HttpAnswer> {
  const { path } = splitUrl(request.url);
  const own =
    (await invokeApi(backend.functions, backend.invocations, path, request)) ??
    (await backend.issuer.answer(path, request)) ??
    (await answerApiReference(request));
  if (own) return own;
  if (!backend.api) return message(404, 'Not Found');
  const preflight = preflightAnswer(backend.api.cors, request);
  if (preflight) return preflight;
  const match = matchRoute(backend.api.routes, request.method, path);
  if (!match && !isBelowRoute(backend.api, path) && isForPage(backend.page, path, request)) {
    return backend.page.answer(request);
  }
  const routed = match ? await callRoute(backend, request, match, backend.api.id) : message(404, 'Not Found');
  return { ...routed, headers: { ...routed.headers, ...corsHeaders(backend.api.cors, request) } };
}

/** Whether it lies where routes of the API do: no page stands there for a program that asks for one more of them. */
function isBelowRoute({ routes }: HttpApi, path: string): boolean {
  const [first, ...rest] = path.split('/').slice(1);
  return rest.length > 0 && routes.some(({ segments }) => segments[0] === first);
}

/** API and page have an address each in AWS and one together here: the page has what the API knows no route for. */
function isForPage(page: Page | undefined, path: string, { method }: HttpRequest): page is Page {
  return page !== undefined && !page.isForApi(path) && (method === 'GET' || method === 'HEAD');
}

async function callRoute(
  backend: Backend,
  request: HttpRequest,
  match: RouteMatch,
  apiId: string,
): Promise<HttpAnswer> {
  const { authorizer, scopes } = match.route;
  let authorization: Authorization | undefined;
  if (authorizer) {
    const header = request.headers.get(authorizer.header)?.join(',');
    const decision = await authorize(header, authorizer, scopes, backend.issuer.key, request.receivedAt);
    if (!decision.allowed) return decision.answer;
    authorization = decision.authorization;
  }
  const payload = JSON.stringify(httpEvent(request, match, authorization, apiId));
  if (Buffer.byteLength(payload) > MOST_PAYLOAD_BYTES) return message(413, 'Request Entity Too Large');
  return callFunction(backend.functions.get(match.route.function.name), payload);
}

async function callFunction(target: LocalFunction | undefined, payload: string): Promise<HttpAnswer> {
  if (!target) return message(500, 'Internal Server Error');
  try {
    const result = await target.invoke(payload);
    if (!result.ok || Buffer.byteLength(result.payload) > MOST_PAYLOAD_BYTES) {
      return message(500, 'Internal Server Error');
    }
    return answerOf(result.payload);
  } catch (error) {
    if (error instanceof Throttled) return message(503, 'Service Unavailable');
    throw error;
  }
}

/** @returns undefined if the client went away. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | 'too large' | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MOST_BODY_BYTES) break;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return size > MOST_BODY_BYTES ? 'too large' : Buffer.concat(chunks);
}

function headersOf(incoming: IncomingMessage): Map<string, string[]> {
  return new Map(Object.entries(incoming.headersDistinct).map(([name, values]) => [name, values ?? []]));
}

function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(body);
}

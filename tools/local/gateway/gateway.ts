import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Problem } from '../../../lib/problems/problem.ts';
import { forTrustedCallers, type Trust } from '../../sandbox/trusted-callers.ts';
import { authorize } from '../auth/authorizer.ts';
import type { TokenIssuer } from '../auth/token-issuer.ts';
import { corsHeaders, preflightResponse } from '../http/cors.ts';
import { type Authorization, type HttpRequest, httpEvent, splitUrl } from '../http/http-event.ts';
import { type HttpResponse, message, responseOf } from '../http/http-response.ts';
import { apiReferenceResponse } from '../page/api-reference.ts';
import type { Page } from '../page/page.ts';
import { inboxResponse } from '../patient-messages/inbox-page.ts';
import type { Providers } from '../patient-messages/providers.ts';
import { type LocalFunction, Throttled } from '../runtime/functions.ts';
import { type HttpApi, matchRoute, type RouteMatch } from '../runtime/routes.ts';
import { invokeApi } from './invoke-api.ts';
import type { Exchange } from './traffic.ts';

/** The local port. It is opened before slow work starts, and answers 503 until `serve` is called. */
export interface Gateway {
  url: string;
  serve(backend: Backend): void;
  /** Accepts no further requests, and waits for the current ones. */
  stop(): Promise<void>;
}

interface Backend {
  api: HttpApi | undefined;
  /** By name. */
  functions: ReadonlyMap<string, LocalFunction>;
  issuer: TokenIssuer;
  page: Page | undefined;
  providers: Pick<Providers, 'inbox' | 'reply'>;
  /** AWS's own APIs, for tools of an operator. undefined for any other request. */
  aws(path: string, request: HttpRequest): Promise<HttpResponse | undefined>;
  /** Called for each answer of the API and of the page. */
  onAnswered(exchange: Exchange): void;
  /** Receives errors of the gateway itself, which answers 500. */
  onError(error: unknown): void;
}

/** API Gateway accepts 10 MB, and Lambda an event of at most 6 MB. */
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const MAX_PAYLOAD_BYTES = 6 * 1024 * 1024;

/** Longer than clients keep idle connections, so that no client writes to one that was just closed. */
const KEEP_ALIVE_MS = 350_000;

/**
 * Serves the template's HTTP API and its page, Lambda's Invoke path, and the issuer of tokens.
 * @param wanted 0 selects a free port
 * @param trust whose requests are answered
 * @throws Problem if the port is not available
 */
export async function openGateway(wanted: number, trust: Trust): Promise<Gateway> {
  let backend: Backend | undefined;
  const server = createServer(
    forTrustedCallers(trust, (incoming, response) => {
      if (!backend) return send(response, message(503, 'Service Unavailable'));
      const { onError } = backend;
      respond(backend, incoming, response).catch((error: unknown) => {
        onError(error);
        if (!response.headersSent) send(response, message(500, 'Internal Server Error'));
      });
    }),
  );
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const port = await listen(server, wanted);
  return {
    url: `http://127.0.0.1:${port}`,
    serve(served) {
      backend = served;
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
      `Port ${port} is in use. Stop the other process, or set PORT to another port (0 selects a free one).`,
    );
  }
  if (error.code === 'EACCES')
    return new Problem(`This user is not allowed to open port ${port}. Set PORT to a port above 1023.`);
  return error;
}

async function respond(backend: Backend, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await readBody(incoming);
  if (body === undefined) return;
  if (body === 'too large') {
    // The rest of the body is not read, so the connection cannot be used again.
    response.setHeader('connection', 'close');
    send(response, message(413, 'Request Entity Too Large'));
    return;
  }
  const request: HttpRequest = {
    id: randomUUID(),
    method: incoming.method ?? 'GET',
    url: incoming.url ?? '/',
    headers: headersOf(incoming),
    body,
    sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
    receivedAt: new Date(),
  };
  send(response, await handle(backend, request));
}

async function handle(backend: Backend, request: HttpRequest): Promise<HttpResponse> {
  const { path } = splitUrl(request.url);
  const own =
    (await invokeApi(backend.functions, path, request)) ??
    (await backend.issuer.handle(path, request)) ??
    (await apiReferenceResponse(request)) ??
    inboxResponse(backend.providers, request) ??
    (await backend.aws(path, request));
  if (own) return own;
  if (!backend.api) return message(404, 'Not Found');
  const preflight = preflightResponse(backend.api.cors, request);
  if (preflight) return preflight;
  const match = matchRoute(backend.api.routes, request.method, path);
  if (!match && !isBelowRoute(backend.api, path) && isForPage(backend.page, path, request)) {
    const response = backend.page.handle(request);
    backend.onAnswered({ by: 'page', request, response });
    return response;
  }
  const routed = match
    ? await callRoute(backend, request, match, backend.api.id)
    : { response: message(404, 'Not Found') };
  backend.onAnswered({ by: 'api', request, routeKey: match?.route.routeKey, ...routed });
  const { response } = routed;
  return { ...response, headers: { ...response.headers, ...corsHeaders(backend.api.cors, request) } };
}

/** Whether the API has routes with the same first segment. A program that requests a wrong API path must not get the page. */
function isBelowRoute({ routes }: HttpApi, path: string): boolean {
  const [first, ...rest] = path.split('/').slice(1);
  return rest.length > 0 && routes.some(({ segments }) => segments[0] === first);
}

/** In AWS the API and the page have separate addresses. Here the page gets the requests without an API route. */
function isForPage(page: Page | undefined, path: string, { method }: HttpRequest): page is Page {
  return page !== undefined && !page.isForApi(path) && (method === 'GET' || method === 'HEAD');
}

async function callRoute(
  backend: Backend,
  request: HttpRequest,
  match: RouteMatch,
  apiId: string,
): Promise<Pick<Exchange, 'response' | 'authorization'>> {
  const { authorizer, scopes } = match.route;
  let authorization: Authorization | undefined;
  if (authorizer) {
    const header = request.headers.get(authorizer.header)?.join(',');
    const decision = await authorize(header, authorizer, scopes, backend.issuer.key, request.receivedAt);
    if (!decision.allowed) return { response: decision.response };
    authorization = decision.authorization;
  }
  const payload = JSON.stringify(httpEvent(request, match, authorization, apiId));
  const response =
    Buffer.byteLength(payload) > MAX_PAYLOAD_BYTES
      ? message(413, 'Request Entity Too Large')
      : await callFunction(backend.functions.get(match.route.function.name), payload);
  return { response, authorization };
}

async function callFunction(target: LocalFunction | undefined, payload: string): Promise<HttpResponse> {
  if (!target) return message(500, 'Internal Server Error');
  try {
    const result = await target.invoke(payload);
    if (!result.ok || Buffer.byteLength(result.payload) > MAX_PAYLOAD_BYTES) {
      return message(500, 'Internal Server Error');
    }
    return responseOf(result.payload);
  } catch (error) {
    if (error instanceof Throttled) return message(503, 'Service Unavailable');
    throw error;
  }
}

/** @returns undefined if the client closed the connection */
async function readBody(incoming: IncomingMessage): Promise<Buffer | 'too large' | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) break;
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return size > MAX_BODY_BYTES ? 'too large' : Buffer.concat(chunks);
}

function headersOf(incoming: IncomingMessage): Map<string, string[]> {
  return new Map(Object.entries(incoming.headersDistinct).map(([name, values]) => [name, values ?? []]));
}

function send(response: ServerResponse, { status, headers, body }: HttpResponse): void {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(body);
}

import { claimedTransaction } from '../../domain/order/membership.ts';
import { junctionProblem, noKey } from '../../http/junction-problem.ts';
import { json, Problem } from '../../http/problem.ts';
import { byId, noQuery } from '../../http/request-fields.ts';
import { type Answer, type Route, route } from '../../http/route.ts';
import type { resultScopes } from '../../http/route-scopes.ts';
import type { ApiKey } from '../../junction/api-key.ts';
import type { JunctionClient, ResultFormat } from '../../junction/client.ts';
import { JunctionUnavailable } from '../../junction/unavailable.ts';
import { findOrder, findTransaction, type TeamContext } from '../../use-cases/team-visibility.ts';
import { patient } from './answer.ts';

export interface ResultsContext extends TeamContext {
  readonly apiKey: ApiKey;
  /** A client that stops after the milliseconds that are left. */
  readonly junction: (apiKey: string, timeLeft: () => number, team: string | null) => JunctionClient;
  readonly clock: () => Date;
  /** Whether the deployment shows the names of patients. */
  readonly patientNames: boolean;
}

const CONTENT_TYPES = { json: 'application/json', pdf: 'application/pdf' };
/** Kept back for the entry in the audit trail and the answer (ms). */
const RESERVE = 4_000;

/** The routes of the results function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof resultScopes, Route<ResultsContext>>> = {
  'GET /v1/transactions/{id}/results': ofTransaction('json'),
  'GET /v1/transactions/{id}/results.pdf': ofTransaction('pdf'),
  'GET /v1/orders/{id}/results': ofOrder('results', 'json'),
  'GET /v1/orders/{id}/results.pdf': ofOrder('results', 'pdf'),
  'GET /v1/orders/{id}/requisition.pdf': ofOrder('requisition', 'pdf'),

  'GET /v1/transactions/{id}/patient': route(
    { path: byId, query: noQuery },
    async (context: ResultsContext, { path, timeLeft }) => {
      const { id, orders, team_id } = await findTransaction(context, path.id);
      if (!context.patientNames)
        throw new Problem(404, 'This deployment does not show the names of patients.');
      const order = orders.find(({ origin }) => origin === 'initial') ?? orders[0];
      const name =
        order && (await ask(context, team_id, timeLeft, (junction) => junction.patientName(order.id)));
      const full = name?.full ?? null;
      if (full === null) throw new Problem(404, 'Junction has no name of this patient.');
      return json(200, patient.parse({ transaction_id: id, name: full }));
    },
    { action: 'patient.read', changes: false, inPath: ({ id }) => ({ transaction_id: id }) },
  ),
};

function ofTransaction(format: ResultFormat): Route<ResultsContext> {
  return route(
    { path: byId, query: noQuery },
    async (context: ResultsContext, { path, timeLeft }) => {
      const { id, provisional, team_id } = await findTransaction(context, path.id);
      if (provisional) {
        throw new Problem(404, 'Junction has not yet reported the transaction of this order.');
      }
      const results = await ask(context, team_id, timeLeft, (junction) =>
        junction.results({ orderId: null, transactionId: id }, format),
      );
      if (!results) throw new Problem(404, 'Junction has no results for this transaction yet.');
      return pass(results, `results-${id}`, format);
    },
    { action: 'results.read', changes: false, inPath: ({ id }) => ({ transaction_id: id }) },
  );
}

/** A requisition is a PDF only. */
function ofOrder(
  ...[what, format]: ['results', ResultFormat] | ['requisition', 'pdf']
): Route<ResultsContext> {
  return route(
    { path: byId, query: noQuery },
    async (context: ResultsContext, { path, timeLeft }) => {
      const record = await findOrder(context, path.id);
      const of = { orderId: record.id, transactionId: claimedTransaction(record) };
      const bytes = await ask(context, record.snapshot?.team_id ?? null, timeLeft, (junction) =>
        what === 'results' ? junction.results(of, format) : junction.requisition(record.id),
      );
      if (!bytes) throw new Problem(404, `Junction has no ${what} for this order yet.`);
      return pass(bytes, `${what}-${record.id}`, format);
    },
    { action: `${what}.read`, changes: false, inPath: ({ id }) => ({ order_id: id }) },
  );
}

async function ask<Found>(
  context: ResultsContext,
  team: string | null,
  timeLeft: () => number,
  question: (junction: JunctionClient) => Promise<Found | null>,
): Promise<Found | null> {
  const apiKey = await context.apiKey.read(context.clock(), team);
  if (apiKey === null) throw noKey();
  try {
    return await question(context.junction(apiKey, () => timeLeft() - RESERVE, team));
  } catch (error) {
    if (error instanceof JunctionUnavailable) throw junctionProblem(error);
    throw error;
  }
}

/** Passes the bytes on unchanged, and forbids caching. */
function pass(bytes: Buffer, name: string, format: ResultFormat): Answer {
  const isText = format === 'json';
  return {
    statusCode: 200,
    headers: {
      'content-type': CONTENT_TYPES[format],
      'cache-control': 'no-store',
      ...(isText ? {} : { 'content-disposition': `inline; filename="${name}.pdf"` }),
    },
    body: bytes.toString(isText ? 'utf8' : 'base64'),
    isBase64Encoded: !isText,
  };
}

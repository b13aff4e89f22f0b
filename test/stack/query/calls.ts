import { patientDataIn } from '../../patient-data.ts';
import { type Answer, type Call, call } from '../http-call.ts';

export const ALL_SCOPES =
  'transactions/read transactions/reconcile orders/write redraws/write results/read quarantine/write maintain/write';

/** A token of the local client with these scopes. */
export async function token(url: string, scope: string = ALL_SCOPES): Promise<string> {
  const form = { grant_type: 'client_credentials', client_id: 'local', client_secret: 'local', scope };
  const { json, text } = await call(`${url}/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  });
  const { access_token } = (json ?? {}) as { access_token?: string };
  if (access_token === undefined) throw new Error(`no token for ${scope}: ${text}`);
  return access_token;
}

const RESULTS = /^\/v1\/(transactions|orders)\/[^/]+\/(results(\.pdf)?|requisition\.pdf|patient)$/;

/** Requests to the query API of one stack with one token. */
export class QueryClient {
  readonly #url: string;
  readonly #token: string;

  constructor(url: string, accessToken: string) {
    this.#url = url;
    this.#token = accessToken;
  }

  static async open(url: string): Promise<QueryClient> {
    return new QueryClient(url, await token(url));
  }

  /** Throws if an answer contains patient data, except an answer with results. */
  async ask(path: string, { headers = {}, ...options }: Call = {}): Promise<Answer> {
    const authorization = { authorization: `Bearer ${this.#token}` };
    const answer = await call(this.#url + path, { ...options, headers: { ...authorization, ...headers } });
    const found = patientDataIn(answer.text);
    if (found.length > 0 && !RESULTS.test(path))
      throw new Error(`Patient data in the answer to ${path}: ${found}`);
    return answer;
  }

  /** All pages of a list, in order. `query` starts with `?` or is empty. */
  async pages(path: string, query: Record<string, string> = {}): Promise<TransactionAnswer[][]> {
    const pages: TransactionAnswer[][] = [];
    let cursor: string | null = null;
    do {
      const asked = new URLSearchParams({ ...query, ...(cursor === null ? {} : { cursor }) });
      const { status, json, text } = await this.ask(`${path}?${asked}`);
      if (status !== 200) throw new Error(`${path}?${asked} answered ${status} ${text}`);
      const page = json as { transactions: TransactionAnswer[]; next_cursor: string | null };
      pages.push(page.transactions);
      cursor = page.next_cursor;
    } while (cursor !== null);
    return pages;
  }

  async allTransactions(): Promise<TransactionAnswer[]> {
    return (await this.pages('/v1/transactions', { limit: '100' })).flat();
  }
}

/** The parts of a transaction in an answer that tests check. */
export interface TransactionAnswer {
  id: string;
  status: string;
  outcome: string;
  created_at: string | null;
  user_id: string | null;
  client_user_id: string | null;
  orders: { id: string; critical_result: string | null }[];
  open_order: object | null;
  decision: object | null;
  redraw: { state: string; due_at: string | null; stale_since: string | null } | null;
}

import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { Outbox } from '../webhooks/outbox.ts';
import { type ApiAnswer, type ApiRequest, answered, ok, readBody, refused } from './api.ts';

/** The management key of the local sandbox. */
export const SANDBOX_MANAGEMENT_KEY = 'mg_sandbox_local';

const endpoint = z.object({
  url: z.url({ protocol: /^https?$/ }),
  description: z.string().nullish(),
  disabled: z.boolean().nullish(),
  filter_types: z.array(z.string()).nullish(),
});

interface Endpoint extends z.output<typeof endpoint> {
  readonly id: string;
}

/** Whether this is a route of Junction's Management API, which has a key and a base address of its own. */
export const isManagement = ({ path }: ApiRequest): boolean => path.startsWith('/v1/org/');

/**
 * The routes of Junction's Management API for the endpoints and keys of a team: https://docs.junction.com/api-details/junction-management-api.
 * A new endpoint gets the webhooks from then on.
 */
export class Management {
  /** What is answered instead, for example 403 if the plan has no such API. */
  refusal: 403 | null = null;
  readonly #outbox: Outbox;
  readonly #apiKey: string;
  readonly endpoints: Endpoint[] = [];
  readonly secrets = new Map<string, string>();

  constructor(outbox: Outbox, apiKey: string) {
    this.#outbox = outbox;
    this.#apiKey = apiKey;
  }

  answer(request: ApiRequest): ApiAnswer {
    if (request.headers['x-management-key'] !== SANDBOX_MANAGEMENT_KEY)
      return refused(401, 'Invalid management key');
    if (this.refusal !== null)
      return { status: this.refusal, body: { detail: 'Not available for your plan' } };
    return answered(() => this.#route(request));
  }

  #route({ method, path, body }: ApiRequest): ApiAnswer {
    if (method === 'POST' && /^\/v1\/org\/[^/]+\/team_api_keys\/(sandbox|production)\/(us|eu)$/.test(path)) {
      return ok({ ...readBody(teamKey, body), value: this.#apiKey });
    }
    const [, id, secret] =
      /^\/v1\/org\/[^/]+\/team\/[^/]+\/(?:sandbox|production)\/webhook(?:\/([^/]+)(\/secret)?)?$/.exec(
        path,
      ) ?? [];
    if (!path.includes('/webhook')) return refused(404, 'Not Found');
    if (id === undefined && method === 'GET') return ok({ data: this.endpoints });
    if (id === undefined && method === 'POST') return ok(this.#create(readBody(endpoint, body)));
    const key = id === undefined ? undefined : this.secrets.get(id);
    if (key === undefined || secret === undefined || method !== 'GET') return refused(404, 'Not Found');
    return ok({ key });
  }

  #create(asked: z.output<typeof endpoint>): Endpoint {
    const created = { ...asked, id: `ep_${this.endpoints.length + 1}` };
    const secret = `whsec_${randomBytes(24).toString('base64')}`;
    this.endpoints.push(created);
    this.secrets.set(created.id, secret);
    this.#outbox.endpoint = { url: created.url, secret };
    this.#outbox.enable();
    return created;
  }
}

const teamKey = z.object({ label: z.string(), team_id: z.string() });

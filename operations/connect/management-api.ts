import * as z from 'zod';
import { Problem } from '../../lib/problems/problem.ts';

/** A team at Junction, in one of its environments. */
export interface JunctionTeam {
  readonly org: string;
  readonly team: string;
  readonly environment: 'production' | 'sandbox';
  readonly region: 'us' | 'eu';
}

const webhook = z.object({
  id: z.string(),
  url: z.string(),
  disabled: z.boolean().nullish(),
  /** Null or none for all types. */
  filter_types: z.array(z.string()).nullish(),
});
/** An endpoint for webhooks. */
export type JunctionEndpoint = z.output<typeof webhook>;

const list = z.union([z.object({ data: z.array(webhook) }), z.object({ webhooks: z.array(webhook) })]);

/** As Svix names it, whose fields the routes have: https://api.svix.com/docs#tag/Endpoint/operation/v1.endpoint.get-secret */
const secretAnswer = z.object({ key: z.string() });
const teamKey = z.object({ value: z.string() });

export const MANAGEMENT_URL = 'https://api.management.junction.com';

/**
 * Junction's Management API, as far as it is needed. The plan Scale has it.
 *
 * https://docs.junction.com/api-details/junction-management-api
 * https://docs.junction.com/api-reference/org-management/team-webhook/rotate-secret.md (the path of an endpoint's secret)
 * https://docs.junction.com/api-reference/org-management/team-api-keys/create-team-api-key
 */
export class ManagementApi {
  readonly #base: string;
  readonly #key: string;
  readonly #team: JunctionTeam;

  constructor(base: string, key: string, team: JunctionTeam) {
    this.#base = base.replace(/(?<!\/)\/+$/, '');
    this.#key = key;
    this.#team = team;
  }

  async endpoints(): Promise<readonly JunctionEndpoint[]> {
    const answer = await this.#ask('GET', this.#webhooks(), list);
    return 'data' in answer ? answer.data : answer.webhooks;
  }

  create(url: string, filter_types: readonly string[]): Promise<JunctionEndpoint> {
    const body = { url, description: 'redraw-tracker', disabled: false, filter_types };
    return this.#ask('POST', this.#webhooks(), webhook, body);
  }

  async secretOf({ id }: JunctionEndpoint): Promise<string> {
    return (await this.#ask('GET', `${this.#webhooks()}/${encodeURIComponent(id)}/secret`, secretAnswer)).key;
  }

  async createKey(label: string): Promise<string> {
    const { org, team, environment, region } = this.#team;
    const path = `/v1/org/${org}/team_api_keys/${environment}/${region}`;
    return (await this.#ask('POST', path, teamKey, { label, team_id: team })).value;
  }

  #webhooks(): string {
    const { org, team, environment } = this.#team;
    return `/v1/org/${org}/team/${team}/${environment}/webhook`;
  }

  /** Nothing of a request or an answer is in an error: both can hold secrets. */
  async #ask<Read>(method: string, path: string, schema: z.ZodType<Read>, body?: object): Promise<Read> {
    const response = await fetch(this.#base + path, {
      method,
      redirect: 'error',
      headers: { 'x-management-key': this.#key, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok)
      throw new Problem(
        `${method} ${path} at Junction was refused with ${response.status}. ${reasonOf(response.status)}`,
      );
    const read = schema.safeParse(await response.json().catch(() => undefined));
    if (!read.success)
      throw new Problem(`Junction answered ${method} ${path} in a form that is not known here.`);
    return read.data;
  }
}

function reasonOf(status: number): string {
  if (status === 401) return 'Check the management key (mg_…): a key of a team is no such key.';
  if (status === 403)
    return 'The plan has no Management API, or the key is not for this team: run it without a management key.';
  if (status === 404) return 'Check --org and --team.';
  return 'Nothing else was changed. Run it again.';
}

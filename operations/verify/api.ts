import * as z from 'zod';
import { readToken } from '../deployment/token.ts';
import { type Check, failed, passed, skipped } from './check.ts';

const answered = z.object({ total: z.number(), newest_webhook_age_seconds: z.number().nullable() });

const ROUTE = '/v1/summary';

/** Calls the API without a token, and then with one. */
export const apiCheck: Check = {
  name: 'API',
  permissions: ['cognito-idp:DescribeUserPoolClient'],
  async look(deployment) {
    const url = deployment.url + ROUTE;
    const open = await fetch(url);
    if (open.status !== 401) {
      return failed(
        `${url} returned ${open.status} without a token. It must be 401.`,
        open.status === 404
          ? 'Check --url. It must be the output ApiUrl.'
          : 'Deploy again. The route must have an authorizer.',
      );
    }
    const token = await readToken(deployment);
    if (token === undefined) {
      return skipped(
        'Your own issuer issues the tokens. To run this check, set TOKEN to a token with transactions/read.',
      );
    }
    const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const summary = answered.safeParse(await response.json().catch(() => null));
    if (response.status === 200 && summary.success) {
      return passed(`The API accepts a token. There are ${summary.data.total} transactions.`);
    }
    return failed(`${url} returned ${response.status} with a token.`, REMEDIES[response.status] ?? OTHERWISE);
  },
};

const OTHERWISE = 'Check the log of the query function (docs/operations/runbook.md, "API server errors").';

const REMEDIES: Readonly<Record<number, string>> = {
  401: 'The token has a different issuer or audience, or has expired. Compare it with oidcIssuer and oidcAudience.',
  403: 'The token lacks the scope transactions/read.',
};

import type { PoolPerson } from '../../aws/user-pool.ts';
import { json, Problem } from '../../http/problem.ts';
import { noPath, noQuery } from '../../http/request-fields.ts';
import { type Route, route } from '../../http/route.ts';
import type { peopleScopes } from '../../http/route-scopes.ts';
import { personList } from './answer.ts';

export interface PeopleContext {
  /** The people of the sign-in who may own redraws. */
  readonly people: () => Promise<readonly PoolPerson[]>;
  /** Called with the reason when the user pool cannot be read. */
  readonly onReadError: (error: unknown) => void;
  readonly clock: () => Date;
  /** The last answer of the user pool. */
  readonly cache: { last?: { readonly people: readonly PoolPerson[]; readonly until: number } };
}

/** People rarely change, and Cognito limits how often a pool may be listed (ms). */
const CACHED = 5 * 60_000;

/** The routes of the people function, by API Gateway's route key. */
export const routes: Readonly<Record<keyof typeof peopleScopes, Route<PeopleContext>>> = {
  'GET /v1/people': route({ path: noPath, query: noQuery }, async (context: PeopleContext) =>
    json(200, personList.parse({ people: await people(context) })),
  ),
};

async function people({ people: read, onReadError, clock, cache }: PeopleContext) {
  const now = clock().getTime();
  if (cache.last && now < cache.last.until) return cache.last.people;
  try {
    cache.last = { people: await read(), until: now + CACHED };
    return cache.last.people;
  } catch (error) {
    onReadError(error);
    throw new Problem(503, 'The people cannot be read. Try again later.', { 'retry-after': '30' });
  }
}

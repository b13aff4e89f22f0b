import * as z from 'zod/mini';
import { describe } from '../../domain/describe.ts';
import type { HasScope } from '../../http/identity.ts';
import { json } from '../../http/problem.ts';
import { noPath, ofTeam } from '../../http/request-fields.ts';
import { route } from '../../http/route.ts';
import { unicode } from '../../http/text-fields.ts';
import { eachIntact } from '../../store/damaged-items.ts';
import { type Found, type Match, search } from '../../use-cases/search.ts';
import type { QueryContext } from '../query-context.ts';
import { aboutTeam } from '../team-filter.ts';
import { showTransaction } from '../transactions/representation.ts';
import { searchAnswer } from './answer.ts';

const searchQuery = z.strictObject({
  q: z.string().check(unicode, z.trim(), z.minLength(1), z.maxLength(256)),
  ...ofTeam,
});

DOCS: describe(searchQuery, {
  properties: {
    q: 'The ID of a transaction, an order, a user or a client user, or its first eight characters or more.',
  },
});

export const searchRoutes = {
  'GET /v1/search': route(
    { path: noPath, query: searchQuery },
    async (context: QueryContext, { query, hasScope }) =>
      json(200, showMatches(context, await search(aboutTeam(context, query.team_id), query.q), hasScope)),
  ),
};

/** The transactions of a search, and for each, in the same order, the ids by which it was found. */
function showMatches(
  { table }: QueryContext,
  { matches, more, matched, hint }: Found,
  hasScope: HasScope,
): z.output<typeof searchAnswer> {
  const nameOf = ({ transaction: { id } }: Match) => `TX#${id}`;
  const found = eachIntact(table, matches, nameOf, (match) => ({
    match,
    transaction: showTransaction(match.transaction, hasScope),
  }));
  return searchAnswer.parse({
    transactions: found.map(({ transaction }) => transaction),
    matched: found.flatMap(
      ({
        match: {
          transaction: { id },
          by,
        },
      }) => by.map((one) => ({ transaction_id: id, by: one })),
    ),
    more,
    match_kind: matched,
    hint,
  });
}

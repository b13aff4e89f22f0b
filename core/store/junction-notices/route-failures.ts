import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { FailuresByRoute, OptionalRoute, RouteFailures } from '../../domain/optional-route.ts';
import { eachIntact } from '../damaged-items.ts';
import { storedTime, storedTimeOrNull } from '../stored-times.ts';
import type { Table } from '../table.ts';
import { itemKey } from '../table-layout.ts';

const routesKey = (team: string | null) => {
  const key = itemKey('NOTICE', 'route_failures');
  return team === null ? key : { ...key, sk: `${key.sk}#${team}` };
};

const failuresSchema = z.object({
  runs: z.int(),
  since: storedTime,
  reason: z.string(),
  not_offered_until: storedTimeOrNull,
});

/** The failures of Junction's optional routes since their last answers; with several teams, of one team. A route whose failures cannot be read has none. */
export async function readRouteFailures(table: Table, team: string | null = null): Promise<FailuresByRoute> {
  const Key = routesKey(team);
  const { Item = {} } = await table.client.send(new GetCommand({ TableName: table.name, Key }));
  const { pk: _, sk: __, ...routes } = Item;
  const named = () => Key.pk;
  const intact = eachIntact(table, Object.entries(routes), named, ([route, failures]) => [
    route,
    failuresSchema.parse(failures),
  ]);
  return Object.fromEntries(intact);
}

/** Stores the failures of each route, or deletes those of a route that answers again. Other routes keep theirs. */
export async function writeRouteFailures(
  table: Table,
  changes: ReadonlyMap<OptionalRoute, RouteFailures | null>,
  team: string | null = null,
): Promise<void> {
  if (changes.size === 0) return;
  const failed = [...changes].flatMap(([route, failures]) => (failures ? [[route, failures] as const] : []));
  const gone = [...changes.keys()].filter((route) => changes.get(route) === null);
  await table.client.send(
    new UpdateCommand({
      TableName: table.name,
      Key: routesKey(team),
      UpdateExpression: [
        ...(failed.length > 0 ? [`SET ${failed.map(([route]) => `#${route} = :${route}`).join(', ')}`] : []),
        ...(gone.length > 0 ? [`REMOVE ${gone.map((route) => `#${route}`).join(', ')}`] : []),
      ].join(' '),
      ExpressionAttributeNames: Object.fromEntries([...changes.keys()].map((route) => [`#${route}`, route])),
      ...(failed.length > 0 && {
        ExpressionAttributeValues: Object.fromEntries(
          failed.map(([route, failures]) => [`:${route}`, failures]),
        ),
      }),
    }),
  );
}

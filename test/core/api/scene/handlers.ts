/** The handler of each route, as its function puts it together. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { capabilitiesWith } from '../../../../capabilities/folders.ts';
import { type AlarmsContext, routes as alarmRoutes } from '../../../../core/api/alarms/routes.ts';
import { Cursors } from '../../../../core/api/cursors.ts';
import { type HistoryContext, routes as historyRoutes } from '../../../../core/api/history/routes.ts';
import { routes as peopleRoutes } from '../../../../core/api/people/routes.ts';
import { routes as quarantineRoutes } from '../../../../core/api/quarantine/routes.ts';
import { queryRoutes } from '../../../../core/api/query-routes.ts';
import { routes as reconcileRoutes } from '../../../../core/api/reconcile/routes.ts';
import { routes as resultRoutes } from '../../../../core/api/results/routes.ts';
import type { AuditEntry, AuditTrail } from '../../../../core/audit/audit-entry.ts';
import type { Team } from '../../../../core/domain/team.ts';
import { httpFunction } from '../../../../core/http/http-function.ts';
import {
  alarmScopes,
  historyScopes,
  peopleScopes,
  quarantineScopes,
  reconcileScopes,
  resultScopes,
} from '../../../../core/http/route-scopes.ts';
import { ApiKey } from '../../../../core/junction/api-key.ts';
import { JunctionClient } from '../../../../core/junction/client.ts';
import type { Projection } from '../../../../core/use-cases/recompute.ts';
import type { CapabilityDocuments } from '../../../../docs/capabilities.ts';
import { secretsHolding } from './secrets-holding.ts';

/** What the handlers did outside the table. */
export interface Noted {
  /** The errors that were reported as internal. */
  readonly faults: unknown[];
  /** The entries of the audit trail. */
  readonly audited: AuditEntry[];
  /** The reconciled transactions, and whether Junction reported anything new about them. */
  readonly reconciled: [id: string, healed: boolean][];
  /** The messages that were requested by hand. */
  readonly requested: { readonly id: string }[];
  /** The reasons why metrics could not be read. */
  readonly unread: unknown[];
}

export interface Surroundings {
  readonly projection: Projection;
  readonly clock: () => Date;
  readonly noted: Noted;
  readonly cloudWatch: CloudWatchClient;
  readonly historyCache: HistoryContext['cache'];
  readonly alarmsCache: AlarmsContext['alarmsCache'];
  readonly teamId: string | null;
  /** The teams of a deployment of several. */
  readonly teams: readonly Team[];
  /** The address of Junction and the key for it; null for no key. */
  readonly junction: { readonly baseUrl: string; readonly apiKey: string | null };
  readonly patientNames: boolean;
  readonly cursorSecret: string;
  /** Default: one that keeps its entries in `noted`. */
  readonly trail: AuditTrail | undefined;
}

const OPENAPI = join(import.meta.dirname, '../../../../docs/openapi/openapi.json');

/** The topic that the alarms notify. */
export const OPERATORS = 'arn:aws:sns:us-east-1:000000000000:Operators';
/** The people of the user pool. */
const PEOPLE = [
  { id: 'sub-1', name: 'lab-ops@example.com', display_name: null },
  { id: 'sub-2', name: 'olivia@example.com', display_name: 'Olivia Operator' },
];

const pause = async () => undefined;

/** The handler of the routes of a capability, in its test/api/served.ts. */
export type CapabilityHandler = (
  surroundings: Surroundings,
  report: (error: unknown) => void,
  trail: AuditTrail,
) => ReturnType<typeof httpFunction>;

const capabilities = await Promise.all(
  capabilitiesWith('test/api/served.ts').map(async (name) => {
    const { handler }: { handler: CapabilityHandler } = await import(
      `../../../../capabilities/${name}/test/api/served.ts`
    );
    const { documents }: { documents: CapabilityDocuments } = await import(
      `../../../../capabilities/${name}/docs/documents.ts`
    );
    return { handler, scopes: documents.scopes ?? {} };
  }),
);

/** The handler of the function that serves a route. */
export function handlerOf(routeKey: string, surroundings: Surroundings) {
  const { projection, clock, noted, teamId, teams, junction, patientNames } = surroundings;
  const { trail = { write: async (entries: readonly AuditEntry[]) => void noted.audited.push(...entries) } } =
    surroundings;
  const report = (error: unknown) => void noted.faults.push(error);
  const team = { table: projection.table, teamId, teams, clock };
  const apiKey = new ApiKey(secretsHolding(junction.apiKey), 'key');
  const clientOf = (attempts: number) => (key: string, timeLeft: () => number) =>
    new JunctionClient({ baseUrl: junction.baseUrl, apiKey: key, clock, timeLeft, attempts, pause });
  if (Object.hasOwn(resultScopes, routeKey)) {
    return httpFunction(
      resultRoutes,
      { ...team, apiKey, junction: clientOf(1), patientNames },
      report,
      trail,
    );
  }
  if (Object.hasOwn(reconcileScopes, routeKey)) {
    const onReconciled = (id: string, healed: boolean) => void noted.reconciled.push([id, healed]);
    const context = { ...team, apiKey, projection, junction: clientOf(2), onReconciled };
    return httpFunction(reconcileRoutes, context, report, trail);
  }
  const ofCapability = capabilities.find(({ scopes }) => Object.hasOwn(scopes, routeKey));
  if (ofCapability) return ofCapability.handler(surroundings, report, trail);
  if (Object.hasOwn({ ...historyScopes, ...alarmScopes }, routeKey)) {
    const routes = { ...historyRoutes, ...alarmRoutes };
    return httpFunction(routes, historyContext(surroundings), report);
  }
  if (Object.hasOwn(peopleScopes, routeKey)) {
    const onReadError = (error: unknown) => void noted.unread.push(error);
    return httpFunction(peopleRoutes, { people: async () => PEOPLE, onReadError, clock, cache: {} }, report);
  }
  const cursors = new Cursors(() => secretsHolding(surroundings.cursorSecret), 'cursors', clock);
  if (Object.hasOwn(quarantineScopes, routeKey)) {
    const receive = { table: projection.table, quarantine: projection.table, quarantineRetentionDays: 90 };
    return httpFunction(quarantineRoutes, { ...team, cursors, receive }, report, trail);
  }
  const readOpenApi = () => readFile(OPENAPI, 'utf8');
  const criticalWithin = 3_600_000;
  const context = {
    ...team,
    projection,
    cursors,
    readOpenApi,
    tokensFrom: 'https://tokens.example.com/oauth2/token',
    criticalWithin,
  };
  return httpFunction(queryRoutes, context, report, trail);
}

function historyContext({
  cloudWatch,
  noted,
  clock,
  historyCache,
  alarmsCache,
}: Surroundings): HistoryContext & AlarmsContext {
  return {
    client: cloudWatch,
    place: { namespace: 'RedrawTracker/test', projectionFunction: 'Projection' },
    onReadError: (error) => void noted.unread.push(error),
    clock,
    cache: historyCache,
    operatorsTopicArn: OPERATORS,
    alarmsCache,
  };
}

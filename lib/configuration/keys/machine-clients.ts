import * as z from 'zod';
import { orderingScopes } from '../../../capabilities/ordering/api/scopes.ts';
import { allRouteScopes } from '../../../core/http/route-scopes.ts';
import { capabilitySettings } from '../capability-settings.ts';

/** Every scope that a route requires. Those of capabilities need them to be on. */
export const apiScopes: readonly string[] = [
  ...new Set([
    ...Object.values(allRouteScopes).filter((scope) => scope !== null),
    ...Object.values(orderingScopes),
    ...capabilitySettings.flatMap(({ scopes }) => scopes),
  ]),
];

/** The dashboard is a client too, and the local run has one of its own. */
const takenClientNames: readonly string[] = ['dashboard', 'local'];

const clientName = z
  .string()
  .regex(/^[a-z](-?[a-z0-9])*$/)
  .max(40)
  .refine((name) => !takenClientNames.includes(name));

const scopeList = z
  .union([z.array(z.string()), z.string().transform((text) => text.split(/[\s,]+/).filter(Boolean))])
  .pipe(z.array(z.enum(apiScopes)).min(1))
  .transform((scopes) => [...new Set(scopes)]);

/** cdk.json can contain an object, and `-c key=value` the same as JSON. */
const machineClients = z
  .union([
    z.record(z.string(), z.unknown()),
    z.string().transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue('not JSON');
        return z.NEVER;
      }
    }),
  ])
  .pipe(z.record(clientName, scopeList))
  .refine((clients) => Object.keys(clients).length > 0);

export const machineClientsKey = {
  schema: machineClients.optional(),
  expected: `the programs that call the API, with the scopes of each (for example {"backend": "transactions/read orders/write"}). A name has lowercase letters, digits and single hyphens, at most 40, and is not ${takenClientNames.join(' or ')}. The scopes are ${apiScopes.join(', ')}`,
  type: 'Readonly<Record<string, string[]>>',
  otherwise: '`backend` with `transactions/read` and `orders/write`',
  means:
    'The [programs](#programs) that call the API, with the scopes of each. With `-c`, pass the same object as JSON. Only with the Cognito user pool.',
};

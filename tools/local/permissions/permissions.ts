import type { FunctionDefinition } from '../runtime/function-definition.ts';
import { ServiceFault } from '../services/service-operation.ts';
import { ACCOUNT } from '../template/intrinsics.ts';
import type { Template } from '../template/template.ts';
import {
  describe,
  type Grant,
  grantsOf,
  isOnTransactions,
  LEADING_KEYS,
  needs,
  TRANSACTION_KEYS,
} from './grants.ts';
import { keyUse, readKeys } from './key-use.ts';
import { type AccessRequest, allows, readPolicies, type Statement } from './policies.ts';

/** No policy of the caller allows the request. */
export class AccessDenied extends ServiceFault {
  override name = 'AccessDenied';
  constructor(principal: string, { action, resource }: AccessRequest) {
    super(
      'AccessDeniedException',
      `User: arn:aws:sts::${ACCOUNT}:assumed-role/${principal} is not authorized to perform: ${action} on resource: ` +
        `${resource} because no identity-based policy allows the ${action} action`,
    );
  }
}

/** The callbacks by which the local services enforce permissions. */
export interface Permissions {
  /**
   * @param accessKeyId the one that signed the request. A function's is its name; all others belong to the people on this
   * machine, who may do everything
   * @throws AccessDenied
   */
  authorize(accessKeyId: string | undefined, requests: readonly AccessRequest[]): void;
  /** The same for a service that acts with a role of the template. @throws AccessDenied */
  authorizeRole(role: string, requests: readonly AccessRequest[]): void;
  /** Each grant of the template's policies, and whether a request has needed it so far. */
  use(): { used: string[]; unused: string[] };
}

/** A statement and its grants, each with whether a request has needed it. */
type Marked = [Statement, [Grant, boolean][]];

/**
 * Enforces the template's policies: a request is denied if IAM would deny it. Only the policies of roles count, not those of
 * keys, topics and queues.
 * @param onDenied shows a person what was denied
 */
export function openPermissions(
  template: Template,
  definitions: readonly FunctionDefinition[],
  onDenied: (principal: string, denial: string) => void,
): Permissions {
  const roles = new Map(
    [...readPolicies(template)].map(([role, statements]): [string, Marked[]] => [
      role,
      statements.map((statement) => [statement, grantsOf(statement).map((grant) => [grant, false])]),
    ]),
  );
  const keys = readKeys(template);
  const functionOf = (role: string) =>
    definitions.find((definition) => definition.role === role)?.name ?? role;

  function check(principal: string, marked: readonly Marked[], requests: readonly AccessRequest[]): void {
    for (const request of requests.flatMap((one) => [one, ...keyUse(keys, one)])) {
      const allowing = marked.filter(([statement]) => allows(statement, request));
      if (allowing.length === 0) throw denied(principal, request);
      const together = judgedTogether(marked, request);
      if (together && !marked.some(([statement]) => allows(statement, together)))
        throw denied(principal, together);
      for (const mark of allowing.flatMap(([, grants]) => grants)) {
        mark[1] ||= needs(request, mark[0]);
      }
    }
  }

  function denied(principal: string, request: AccessRequest): AccessDenied {
    const denial = new AccessDenied(principal, request);
    onDenied(principal, denial.message);
    return denial;
  }

  return {
    authorizeRole: (role, requests) => check(functionOf(role), roles.get(role) ?? [], requests),
    authorize(accessKeyId, requests) {
      const [first] = requests;
      if (accessKeyId === undefined && first) throw denied('anonymous', first);
      const caller = definitions.find(({ name }) => name === accessKeyId);
      if (caller) check(caller.name, roles.get(caller.role ?? '') ?? [], requests);
    },
    use() {
      const described = [...roles].flatMap(([role, statements]) =>
        statements.flatMap(([, grants]) =>
          grants.map(([grant, used]) => ({ text: describe(functionOf(role), grant), used })),
        ),
      );
      const used = new Set(described.filter((one) => one.used).map(({ text }) => text));
      const all = new Set(described.map(({ text }) => text));
      return { used: [...used].sort(), unused: [...all].filter((text) => !used.has(text)).sort() };
    },
  };
}

/**
 * An action of a transaction with the keys of all its actions, which IAM may look at instead of its own. Only for a role that is
 * meant to be right then too: one with a statement for transactions.
 */
function judgedTogether(
  marked: readonly Marked[],
  { context, ...request }: AccessRequest,
): AccessRequest | undefined {
  const keys = context?.[TRANSACTION_KEYS];
  if (!keys || !marked.some(([statement]) => isOnTransactions(statement))) return undefined;
  return { ...request, context: { ...context, [LEADING_KEYS]: keys } };
}

/** The access key id in an `Authorization` header of AWS's Signature Version 4. */
export function accessKeyIn(authorization: string | undefined): string | undefined {
  return /\bCredential=([^/]+)\//.exec(authorization ?? '')?.[1];
}

import { InvokeCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { ProbedAction, TransactionProbe } from '../../core/store/transaction-probe.ts';
import {
  APART,
  type KindAction,
  tablePermissions,
  transactionOf,
} from '../../lib/storage/table-permissions.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { type Check, failed, passed, skipped } from './check.ts';

const answer = z.object({ allowed: z.boolean() });

/**
 * Asks each function that writes several items at once to try its transaction, with conditions that cannot hold. Then asks one of
 * them for a transaction that IAM allows only if it judges each item alone.
 */
export const transactionsCheck: Check = {
  name: 'transactions',
  permissions: ['lambda:InvokeFunction'],
  async look(deployment) {
    const functions = functionsIn(deployment);
    if (functions.length === 0)
      return skipped('The stack does not name its functions. Deploy this version first.');
    const denied: string[] = [];
    for (const { service, name } of functions) {
      if (!(await isAllowed(deployment, name, transactionOf(permissionsOf(service)).map(probed))))
        denied.push(service);
    }
    if (denied.length > 0) {
      return failed(
        `IAM denies the transactions of ${denied.join(', ')}.`,
        'Set transactionGrants to union and deploy (docs/deploy.md, "Permissions of transactions"). If it is union, deploy again.',
      );
    }
    const allowed = `IAM allows the transactions of ${functions.length} functions.`;
    // It denies what any way of judging denies.
    if (deployment.isLocal) return passed(allowed);
    const rebuild = functions.find(({ service }) => service === 'rebuild');
    const each = rebuild && (await isAllowed(deployment, rebuild.name, apart));
    const judged = each
      ? 'It judges each item alone, so transactionGrants can be each.'
      : 'It judges all items together, so keep transactionGrants at union.';
    return passed(`${allowed} ${judged}`);
  },
};

const probed = ({ action, kind }: KindAction): ProbedAction => ({
  action: action.replace('Item', '') as ProbedAction['action'],
  pk: `${kind}#probe`,
});

const apart: readonly ProbedAction[] = [
  { action: 'Put', pk: APART.PutItem },
  { action: 'Update', pk: APART.UpdateItem },
];

function permissionsOf(service: string) {
  return tablePermissions[service] ?? { items: {} };
}

/** `query=<name>,recompute=<name>`; the local stack knows its functions by their service. */
function functionsIn({ outputs, isLocal }: Deployment): { service: string; name: string }[] {
  const listed = (outputs.TransactionFunctions ?? '').split(',').filter((entry) => entry.includes('='));
  return listed.map((entry) => {
    const [service = '', name = ''] = entry.split('=');
    return { service, name: isLocal ? service : name };
  });
}

async function isAllowed(
  { clients }: Deployment,
  FunctionName: string,
  probe: readonly ProbedAction[],
): Promise<boolean> {
  const event: TransactionProbe = { probe: [...probe] };
  const { Payload, FunctionError } = await clients.lambda.send(
    new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }),
  );
  const text = new TextDecoder().decode(Payload);
  if (FunctionError !== undefined) throw new Error(`The function ${FunctionName} failed: ${text}`);
  return answer.parse(JSON.parse(text)).allowed;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { DescribeStackResourcesCommand, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { Template } from '../assembly/template.ts';
import type { Clients } from '../aws/clients.ts';
import type { DeployedStage } from './deployed-stage.ts';
import { functionsOf, invoke, logLines } from './functions.ts';

interface Schedule {
  /** The physical name of its function. */
  readonly functionName: string;
  readonly input: string;
}

/** What runs by itself, so that nobody has to invoke it. */
const BY_ITSELF = 'sweep';

/**
 * Waits until EventBridge Scheduler has run a sweep, and invokes the functions of all other schedules as it would: their next time
 * may be days ahead.
 *
 * @throws if one fails
 */
export async function runSchedules(
  stage: DeployedStage,
  clients: Clients,
  signal: AbortSignal,
): Promise<string> {
  const functions = await functionsOf(stage, clients);
  const sweep = functions.get(BY_ITSELF) ?? '';
  const schedules = await schedulesOf(stage, clients);
  const invoked = schedules.filter(({ functionName }) => functionName !== sweep);
  if (invoked.length === schedules.length) throw new Error(`${stage.stackName} has no schedule of ${sweep}.`);
  for (const { functionName, input } of invoked) {
    await invoke(functionName, JSON.parse(input), clients);
  }
  let sweeps: string[] = [];
  while (sweeps.length === 0) {
    await sleep(1_000, undefined, { signal });
    sweeps = (await logLines(sweep, '"swept"', clients)).filter((line) => line.includes('"finished":true'));
  }
  return `${invoked.length} invoked, ${sweeps.length} run by Scheduler`;
}

async function schedulesOf(stage: DeployedStage, { cloudFormation }: Clients): Promise<Schedule[]> {
  const StackName = stage.stackName;
  const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName }));
  const { TemplateBody = '' } = await cloudFormation.send(new GetTemplateCommand({ StackName }));
  const { Resources } = JSON.parse(TemplateBody) as Template;
  const physical = new Map(
    StackResources.map((one) => [one.LogicalResourceId, one.PhysicalResourceId ?? '']),
  );
  return Object.values(Resources).flatMap(({ Type, Properties = {} }) => {
    if (Type !== 'AWS::Scheduler::Schedule') return [];
    const { Arn, Input } = Properties.Target as { Arn: { 'Fn::GetAtt': [string] }; Input: string };
    return [{ functionName: physical.get(Arn['Fn::GetAtt'][0]) ?? '', input: Input }];
  });
}

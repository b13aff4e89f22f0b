import { DescribeStacksCommand, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { paginateListTables } from '@aws-sdk/client-dynamodb';
import { paginateListFunctions } from '@aws-sdk/client-lambda';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { Clients } from '../aws/clients.ts';
import type { DeployedStage } from './deployed-stage.ts';

/** The stacks of a stage that exist. */
export async function stacksOf({ stackName }: DeployedStage, { cloudFormation }: Clients): Promise<string[]> {
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({}));
  const names = Stacks.map(({ StackName = '' }) => StackName);
  return names.filter((name) => name === stackName || name.startsWith(`${stackName}-`)).sort();
}

/** As docs/deploy.md tells to do before a removal. */
export async function endProtection(stage: DeployedStage, clients: Clients): Promise<void> {
  for (const StackName of await stacksOf(stage, clients)) {
    const command = new UpdateTerminationProtectionCommand({ StackName, EnableTerminationProtection: false });
    await clients.cloudFormation.send(command);
  }
}

/** The functions, tables, logs and buckets of a stage that exist, by their names. */
export async function remainsOf({ stackName }: DeployedStage, clients: Clients): Promise<string[]> {
  const names: (string | undefined)[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client: clients.lambda }, {})) {
    names.push(...Functions.map(({ FunctionName }) => FunctionName));
  }
  for await (const { TableNames = [] } of paginateListTables({ client: clients.database }, {})) {
    names.push(...TableNames);
  }
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client: clients.logs }, {})) {
    names.push(...logGroups.map(({ logGroupName }) => logGroupName));
  }
  const { Buckets = [] } = await clients.objects.send(new ListBucketsCommand({}));
  names.push(...Buckets.map(({ Name }) => Name));
  const own = new RegExp(`(^|/)${stackName}(-|/|$)`);
  return names.filter((name) => name !== undefined).filter((name) => own.test(name));
}

import { setTimeout as sleep } from 'node:timers/promises';
import {
  type CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ValidateTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import type { Lack } from '../lacking.ts';
import { templatesIn } from './adapt-assembly.ts';

const PROBE = 'emulator-probe';

/**
 * Compares the words of the list with what the emulator says.
 *
 * @param assembly as synthesized
 * @throws if it does not say them any more, or does not know a type that is not in the list
 */
export async function checkWords(
  assembly: string,
  lacking: readonly Lack[],
  cloudFormation: CloudFormationClient,
): Promise<string> {
  const named = lacking.filter(({ seen }) => seen === 'types').map(({ words }) => words);
  const types = new Set(
    templatesIn(assembly).flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)),
  );
  const said: string[] = [];
  for (const type of types) said.push(...(await refusalOf(type, cloudFormation)));
  const faults = [
    ...said
      .filter((words) => !named.includes(words))
      .map((words) => `MiniStack says "${words}". Add it to lacking.ts.`),
    ...named
      .filter((words) => !said.includes(words))
      .map((words) => `MiniStack does not say "${words}". Remove it from lacking.ts.`),
  ];
  for (const { name, words, probe } of lacking) {
    if (!probe) continue;
    const answer = await answerTo(probe, cloudFormation);
    if (!answer.startsWith(words))
      faults.push(`${name}: MiniStack says "${answer}", not "${words}". Correct lacking.ts.`);
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return `${types.size} types; ${lacking.length} things are lacking`;
}

async function refusalOf(Type: string, cloudFormation: CloudFormationClient): Promise<string[]> {
  const TemplateBody = JSON.stringify({ Resources: { Probe: { Type, Properties: {} } } });
  try {
    await cloudFormation.send(new ValidateTemplateCommand({ TemplateBody }));
    return [];
  } catch (error) {
    return [(error as Error).message];
  }
}

/** Why a stack could not be created, or its output. */
async function answerTo(template: object, cloudFormation: CloudFormationClient): Promise<string> {
  const { StackId: StackName } = await cloudFormation.send(
    new CreateStackCommand({ StackName: PROBE, TemplateBody: JSON.stringify(template) }),
  );
  for (;;) {
    const { Stacks: [stack] = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    if (!/^(CREATE|ROLLBACK)_IN_PROGRESS$/.test(stack?.StackStatus ?? '')) {
      const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName }));
      const failed = StackEvents.findLast(({ ResourceStatus }) => ResourceStatus === 'CREATE_FAILED');
      await cloudFormation.send(new DeleteStackCommand({ StackName }));
      return failed?.ResourceStatusReason ?? stack?.Outputs?.[0]?.OutputValue ?? '';
    }
    await sleep(50);
  }
}

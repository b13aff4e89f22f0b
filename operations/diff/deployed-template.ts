import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import type { StackTemplate } from './stateful-changes.ts';

/** @returns undefined if the stack does not exist yet */
export async function deployedTemplate(
  StackName: string,
  region: string,
): Promise<StackTemplate | undefined> {
  const client = new CloudFormationClient({ region });
  try {
    const { TemplateBody = '{}' } = await client.send(
      new GetTemplateCommand({ StackName, TemplateStage: 'Original' }),
    );
    return JSON.parse(TemplateBody) as StackTemplate;
  } catch (error) {
    // The only sign that CloudFormation gives: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html
    if (error instanceof Error && error.name === 'ValidationError' && /does not exist/.test(error.message))
      return undefined;
    throw error;
  } finally {
    client.destroy();
  }
}

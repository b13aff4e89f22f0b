import { CloudFormationClient } from '@aws-sdk/client-cloudformation';

/**
 * The region that the CDK CLI deploys a stack to if the app sets none: by the environment, else by the profile, else
 * us-east-1. A comparison in another region would find no stack, and nothing to lose.
 * https://docs.aws.amazon.com/cdk/v2/guide/configure-env.html
 */
export async function deploymentRegion(environment: NodeJS.ProcessEnv = process.env): Promise<string> {
  return environment.AWS_REGION || environment.AWS_DEFAULT_REGION || (await regionOfProfile()) || 'us-east-1';
}

async function regionOfProfile(): Promise<string | undefined> {
  const client = new CloudFormationClient();
  try {
    return await client.config.region();
  } catch {
    // The only error: neither the environment nor the profile has a region.
    return undefined;
  } finally {
    client.destroy();
  }
}

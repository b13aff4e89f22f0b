import { ACCOUNT, type Ministack, REGION } from '../aws/ministack.ts';
import type { DeployedStage } from './deployed-stage.ts';
import { NOT_EMULATED } from './verification.ts';

const ADDRESSES = ['WebhookUrl', 'ApiUrl', 'TokenEndpoint', 'DashboardUrl'];
const NAMES = ['UserPoolId', 'ClientIdBackend', 'WebhookSecretArn', 'TableName', 'EventBusName'];

/** What a person needs for the commands in docs/deploy.md. */
export async function whatToTry(stage: DeployedStage, { url }: Ministack): Promise<string> {
  const addresses = await Promise.all(
    ADDRESSES.map(async (name) => `  ${name.padEnd(16)}  ${await stage.url(name)}`),
  );
  const token = await stage.token('transactions/read');
  const names = NAMES.map((name) => `  ${name.padEnd(16)}  ${stage.output(name)}`);
  return `
${stage.stackName} runs until Ctrl-C. For the AWS CLI and this project's commands, in another terminal:

  export AWS_ENDPOINT_URL=${url} AWS_REGION=${REGION} AWS_DEFAULT_REGION=${REGION}
  export AWS_ACCESS_KEY_ID=${ACCOUNT} AWS_SECRET_ACCESS_KEY=any
  export TOKEN=${token}
  npx redraw-tracker verify --url ${await stage.url('ApiUrl')} --skip ${NOT_EMULATED}

The outputs of the stack, with addresses on this machine:

${[...addresses, ...names].join('\n')}

The signing secret of its webhooks: ${stage.secret}
`;
}

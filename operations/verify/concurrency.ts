import { GetAccountSettingsCommand } from '@aws-sdk/client-lambda';
import { concurrencyQuota } from '../../lib/functions/concurrency.ts';
import { type Check, notSetUp, passed, skipped } from './check.ts';

/** Compares the account's quota of concurrent executions with the recommended one. */
export const concurrencyCheck: Check = {
  name: 'concurrency',
  permissions: ['lambda:GetAccountSettings'],
  async look({ clients, isLocal }) {
    if (isLocal) return skipped('The local stack has no quota.');
    const { AccountLimit } = await clients.lambda.send(new GetAccountSettingsCommand());
    const { service, code, recommended } = concurrencyQuota;
    const quota = AccountLimit?.ConcurrentExecutions ?? 0;
    if (quota >= recommended) return passed(`The account allows ${quota} concurrent executions.`);
    return notSetUp(
      `The account allows ${quota} concurrent Lambda executions. We recommend at least ${recommended}.`,
      `Request more (docs/deploy.md, "Lambda's quota"): aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${recommended}. Until then, the defaults leave some executions for the webhook. To skip this check, use --skip concurrency.`,
    );
  },
};

import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { QUICK } from '../../core/aws/client-options.ts';
import { listPeople } from '../../core/aws/user-pool.ts';
import { mailbox } from '../../core/email/mailbox.ts';
import { ONCE } from '../../core/email/provider.ts';
import { sesProvider } from '../../core/email/ses.ts';
import { scheduledEvent } from '../../core/environment/schedule.ts';
import { groupsWith } from '../../core/http/groups.ts';
import { readOrThrow } from '../../core/reading/reading.ts';
import { openTable } from '../../core/store/table.ts';
import { reportDamaged } from '../../core/telemetry/damaged-items.ts';
import { correlationId, identified } from '../../core/telemetry/invocation.ts';
import { logger } from '../../core/telemetry/logger.ts';
import { ownerMailMetrics } from '../../core/telemetry/metric-names.ts';
import { metrics } from '../../core/telemetry/metrics.ts';
import {
  type MailCounts,
  type MailDependencies,
  mailOwners,
} from '../../core/use-cases/review/mail-owners.ts';
import { environment } from './env.ts';

const env = readOrThrow(environment, process.env);
const pool = new CognitoIdentityProviderClient(QUICK);

const dependencies: MailDependencies = {
  table: openTable(env.TABLE_NAME, correlationId, reportDamaged),
  teamId: env.TEAM_ID ?? null,
  email: sesProvider({
    client: new SESv2Client(ONCE),
    from: mailbox('redraw-tracker', env.OWNER_MAIL_SENDER),
    configurationSet: env.EMAIL_CONFIGURATION_SET,
  }),
  people: () => listPeople(pool, env.USER_POOL_ID, groupsWith('redraws/write')),
  timeZone: env.REVIEW_TIME_ZONE,
  dashboardUrl: env.DASHBOARD_URL,
  notSent: (person, result, reason) =>
    logger.error('an email to an owner was not sent', { person, result, reason }),
};

/** Sends each owner their daily list. Fails if an email can be retried, so that the run is retried. */
async function sendOwnerMails(event: unknown): Promise<MailCounts> {
  const { time } = readOrThrow(scheduledEvent, event);
  const counts = await mailOwners(dependencies, time);
  logger.info('owner emails sent', { time, ...counts });
  metrics.count(ownerMailMetrics.sent, counts.sent);
  metrics.count(ownerMailMetrics.failed, counts.failed);
  metrics.count(ownerMailMetrics.unknown, counts.unknown);
  if (counts.later === 0) metrics.count(ownerMailMetrics.finished);
  metrics.write();
  if (counts.later > 0) throw new Error(`${counts.later} emails to owners can be retried`);
  return counts;
}

export const handler = identified(sendOwnerMails);

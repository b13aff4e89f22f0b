import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import * as z from 'zod/mini';
import type { AuditTrail } from '../audit/audit-entry.ts';
import { CloudWatchTrail } from '../audit/cloudwatch-trail.ts';
import { BRIEF } from '../aws/client-options.ts';

/** Where a function writes its part of the audit trail. */
export const auditVariables = {
  AUDIT_LOG_GROUP: z.string().check(z.minLength(1)),
  AUDIT_LOG_STREAM: z.string().check(z.minLength(1)),
};

export function auditTrailOf(env: z.output<z.ZodMiniObject<typeof auditVariables>>): AuditTrail {
  const stream = { logGroupName: env.AUDIT_LOG_GROUP, logStreamName: env.AUDIT_LOG_STREAM };
  return new CloudWatchTrail(new CloudWatchLogsClient(BRIEF), stream, () => new Date());
}

import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { AuditEntry, AuditTrail } from '../audit/audit-entry.ts';
import { CloudWatchTrail } from '../audit/cloudwatch-trail.ts';
import { BRIEF } from '../aws/client-options.ts';
import type { FieldsRead } from '../reading/readers.ts';
import { correlationId } from '../telemetry/invocation.ts';
import type { auditVariables } from './audit-variables.ts';

/** Adds a choice of a patient that no request of the API made to the audit trail; `by` is the function that learned of it. */
export function choiceRecorder(trail: AuditTrail, by: string) {
  const unknown = { status: null, subject: null, client_id: null, name: null };
  return (choice: Pick<AuditEntry, 'user_id' | 'channel' | 'state'>): Promise<void> => {
    const request_id = correlationId() ?? null;
    const entry = { action: 'message_settings.change', outcome: 'success', route: by, request_id } as const;
    return trail.write([{ ...entry, ...unknown, ...choice }]);
  };
}

export function auditTrailOf(env: FieldsRead<typeof auditVariables>): AuditTrail {
  const stream = { logGroupName: env.AUDIT_LOG_GROUP, logStreamName: env.AUDIT_LOG_STREAM };
  let trail: AuditTrail | undefined;
  return {
    write: (entries) => {
      // Only when something is written: most requests leave no entry, and creating a client is a part of a function's start.
      trail ??= new CloudWatchTrail(new CloudWatchLogsClient(BRIEF), stream, () => new Date());
      return trail.write(entries);
    },
  };
}

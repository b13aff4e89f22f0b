import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { AuditEntry, AuditedAction, AuditTrail } from '../audit/audit-entry.ts';
import { CloudWatchTrail } from '../audit/cloudwatch-trail.ts';
import { BRIEF } from '../aws/client-options.ts';
import type { FieldsRead } from '../reading/readers.ts';
import { correlationId } from '../telemetry/invocation.ts';
import type { auditVariables } from './audit-variables.ts';

const UNKNOWN = { status: null, subject: null, client_id: null, name: null };

/** Adds an entry about a run that no request of the API began; `by` is the function. CloudTrail can say who invoked it. */
export function recordRun(
  trail: AuditTrail,
  action: Extract<AuditedAction, 'table.export' | 'table.load'>,
  by: string,
): Promise<void> {
  const request_id = correlationId() ?? null;
  return trail.write([{ action, outcome: 'success', route: by, request_id, ...UNKNOWN }]);
}

/** Adds a choice of a patient that no request of the API made to the audit trail; `by` is the function that learned of it. */
export function choiceRecorder(trail: AuditTrail, by: string) {
  return (choice: Pick<AuditEntry, 'user_id' | 'channel' | 'state'>): Promise<void> => {
    const request_id = correlationId() ?? null;
    const entry = { action: 'message_settings.change', outcome: 'success', route: by, request_id } as const;
    return trail.write([{ ...entry, ...UNKNOWN, ...choice }]);
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

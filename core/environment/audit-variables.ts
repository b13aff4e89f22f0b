import { nonEmpty } from '../reading/readers.ts';

/** Where a function writes its part of the audit trail. */
export const auditVariables = {
  AUDIT_LOG_GROUP: nonEmpty,
  AUDIT_LOG_STREAM: nonEmpty,
};

import { messageVariables } from '../../capabilities/messages/environment/messages.ts';
import { auditVariables } from '../../core/environment/audit-variables.ts';
import { busVariables } from '../../core/environment/bus.ts';
import { atLeast, nonEmpty, object, optional } from '../../core/reading/readers.ts';

export const environment = object({
  TABLE_NAME: atLeast(3),
  ...busVariables,
  /** The only team whose data the API shows; without it, the data of every team. */
  TEAM_ID: optional(nonEmpty),
  ...messageVariables,
  ...auditVariables,
});

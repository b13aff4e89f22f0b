import { httpFunction } from '../../../../core/http/http-function.ts';
import type { CapabilityHandler } from '../../../../test/core/api/scene/handlers.ts';
import { routes } from '../../api/routes.ts';
import type { PatientMessage } from '../../rules/message.ts';

/** SMS are on, e-mail is off. */
const SETTINGS = { channels: ['sms'], reminders: [86_400_000], off: [], tooLate: 86_400_000 } as const;

/** The handler of the routes, as message-requests puts it together. */
export const handler: CapabilityHandler = ({ projection, clock, teamId, noted }, report, trail) => {
  const announce = async (message: PatientMessage) => void noted.requested.push(message);
  const context = {
    table: projection.table,
    teamId,
    clock,
    settings: SETTINGS,
    pause: async () => undefined,
    announce,
  };
  return httpFunction(routes, context, report, trail);
};

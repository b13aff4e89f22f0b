/** Where Junction delivers its webhooks. */
export const WEBHOOK_PATH = '/webhooks/junction';
/** The same for each of several teams. */
export const TEAM_WEBHOOK_PATH = `${WEBHOOK_PATH}/{team_id}`;

/** Where Junction delivers its webhooks. */
export const WEBHOOK_PATH = '/webhooks/junction';

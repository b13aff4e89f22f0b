import * as z from 'zod/mini';

const text = z.string().check(z.minLength(1));

export const environment = z.object({
  TABLE_NAME: z.string().check(z.minLength(3)),
  /** The only team whose data is sent; without it, the data of every team. */
  TEAM_ID: z.optional(text),
  USER_POOL_ID: text,
  /** The address that the mails come from. */
  OWNER_MAIL_SENDER: text,
  EMAIL_CONFIGURATION_SET: text,
  /** The time zone of the day boundaries. */
  REVIEW_TIME_ZONE: text,
  /** Without a slash at the end. */
  DASHBOARD_URL: text,
});

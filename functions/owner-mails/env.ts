import { atLeast, nonEmpty, object, optional } from '../../core/reading/readers.ts';

export const environment = object({
  TABLE_NAME: atLeast(3),
  /** The only team whose data is sent; without it, the data of every team. */
  TEAM_ID: optional(nonEmpty),
  USER_POOL_ID: nonEmpty,
  /** The address that the mails come from. */
  OWNER_MAIL_SENDER: nonEmpty,
  EMAIL_CONFIGURATION_SET: nonEmpty,
  /** The time zone of the day boundaries. */
  REVIEW_TIME_ZONE: nonEmpty,
  /** Without a slash at the end. */
  DASHBOARD_URL: nonEmpty,
});

/** How long things are kept that no deployment needs longer or shorter, in days. docs/security.md lists them with the others. */

/** A signed webhook that could not be parsed. */
export const QUARANTINE_DAYS = 90;
/** What point-in-time recovery of the quarantine goes back. It keeps expired webhooks as long, so it is short. */
export const QUARANTINE_RECOVERY_DAYS = 7;
/** A stream record that could be neither processed nor redriven. */
export const FAILURE_DAYS = 90;
/** An event that can be replayed. */
export const ARCHIVE_DAYS = 90;

/** The numbers of orders that the document computes. */
export const SCALES = [10_000, 1_000_000, 100_000_000] as const;

/**
 * What cannot be measured without AWS, or depends on how the service is used. The document lists all of it, so that a reader
 * can put in other numbers.
 */
export const ASSUMPTIONS = {
  /** Milliseconds that Lambda bills. Twice the handlers' time here, because a function gets only part of a vCPU. */
  webhook_ms: 25,
  /** How long Junction takes to answer, in the design that asks it for each webhook. Lambda bills the wait. */
  junction_ms: 200,
  recompute_ms_per_change: 15,
  publish_ms_per_change: 5,
  query_ms: 25,
  sweep_ms: 3_000,
  redrive_ms: 500,
  cold_start_ms: 500,
  /** An idle environment is kept about this long. */
  environment_seconds: 360,
  /** Bytes of logs per webhook: function, platform, and what follows from the stream. */
  log_bytes_per_webhook: 2_000,
  /** Bytes of logs per request to the API. */
  log_bytes_per_query: 500,
  /** Months that logs are kept. */
  log_months: 3,
  /** Bytes of what is kept for years, by request to the API or the webhook: the audit trail and the access log. */
  audit_bytes_per_request: 600,
  /** Requests of programs and people, by order. */
  queries_per_order: 5,
  read_units_per_query: 3,
  /** Reads of the hourly list of changed orders, by order. */
  sweep_reads_per_order: 10,
  /** Write units of the sweep's checks of open orders, by order: about one check, 4 for the item and 2 for its index. */
  sweep_write_units_per_order: 6,
  /** Seconds of a sweep in which it reads Junction's list of changed orders, and seconds per page with its orders. */
  poll_seconds_per_sweep: 200,
  poll_seconds_per_page: 2,
  /** Hours that somebody has the history open, per month. It asks for 11 metrics each minute. */
  history_hours: 176,
  /** Parts of an SMS in `capabilities/messages/texts/en.yaml`, with a brand of 14 characters, a link and a phone number. */
  sms_parts: 2,
  /** Messages of a redraw by one channel: available, requisition ready, results complete; then with every reminder. */
  messages_per_redraw: 3,
  messages_with_reminders: 6,
  /** What one message takes: seconds and gigabytes of the functions, and write units from the plan to the report. */
  message_seconds: 2,
  message_gb: 0.5,
  message_write_units: 50,
  token_requests_per_client: 730,
  key_requests: 50_000,
  secret_requests: 30_000,
  /** The busiest second over the average one. */
  peak_factor: 10,
} as const;

export const MONTHS_PER_YEAR = 12;
export const HOURS_PER_MONTH = 730;
export const MINUTES_PER_MONTH = HOURS_PER_MONTH * 60;
export const SECONDS_PER_YEAR = 365 * 86_400;
/** A gigabyte as AWS bills it (bytes). */
export const GB = 1_000_000_000;

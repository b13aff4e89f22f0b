import * as z from 'zod';

const amount = z.number().nonnegative();

/** What was measured, per order where nothing else is said. `npm run cost -- --measure` writes it to measured.json. */
export const measuredSchema = z.strictObject({
  measured_at: z.iso.date(),
  /** Orders and webhooks that were measured. */
  sample: z.strictObject({ orders: amount, webhooks: amount, seed: amount, redraws: amount }),
  webhooks: amount,
  /** Units of the webhook function on the table. It writes to no index. */
  webhook_write_units: amount,
  recompute_read_units: amount,
  recompute_write_units: amount,
  index_write_units: amount,
  /** Units of the counters and insights, if each batch has one change. */
  counting_write_units: amount,
  events: amount,
  event_bytes: amount,
  /** Bytes that DynamoDB bills, of orders and their transactions, and of their index entries. */
  table_bytes: amount,
  index_bytes: amount,
  /** When what the template has was counted. */
  counted_at: z.iso.date(),
  /** What the template has, in the region of the prices. */
  deployed: z.strictObject({
    alarms: amount,
    /** All metrics that they watch. */
    alarm_metrics: amount,
    metrics: amount,
    dashboards: amount,
    keys: amount,
    secrets: amount,
    machine_clients: amount,
    sweeps_per_month: amount,
    redrives_per_month: amount,
    webhook_mb: amount,
    recompute_mb: amount,
    publish_mb: amount,
    query_mb: amount,
    sweep_mb: amount,
    redrive_mb: amount,
  }),
});

export type Measured = z.output<typeof measuredSchema>;

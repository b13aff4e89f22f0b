import type { Instant } from './instant.ts';

const DAY = 86_400;

/**
 * How long what expires is kept, in seconds. Webhooks in quarantine also expire; how long they are kept is a setting. Everything
 * else stays.
 */
const KEPT_FOR = {
  /** The key of a repeated request. A client that repeats one later than this has given it up before. */
  request_key: 7 * DAY,
  /** The mark of a mail to an owner. Its day is over long before, and no run sends it again. */
  owner_mail: 14 * DAY,
  /** The record of an order that was placed. After that, its idempotency key is new again. */
  placement: 30 * DAY,
  /** The mark of a booked appointment. An appointment is nearer than this. */
  booking: 180 * DAY,
  /** The provider's id of an SMS. A reply that comes later finds no message. */
  sent_sms: 366 * DAY,
} as const;

/** When something that is kept from `since` expires, in seconds since 1970. */
export function expiryOf(kind: keyof typeof KEPT_FOR, since: Instant): number {
  return Math.floor(Date.parse(since) / 1_000) + KEPT_FOR[kind];
}

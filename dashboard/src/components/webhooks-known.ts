/** What an empty list is worth: whether something would be on it if there were something. */
export type WebhooksKnown =
  /** No webhook has ever arrived. */
  | 'none'
  /** None has brought anything new for as long as an alarm waits. */
  | 'silent'
  /** Webhooks arrive, and none yet of the kind that the list needs. */
  | 'unproven'
  | 'arriving';

interface Arrivals {
  /** When the newest webhook was processed; null if none ever was. */
  readonly newest: string | null;
  /** How long an alarm waits for a webhook (hours); undefined if there is no such alarm. */
  readonly silenceHours: number | undefined;
  /** Whether a webhook of the kind that the list needs has arrived. Every webhook is of that kind for most lists. */
  readonly kindArrived: boolean;
}

const HOUR_MS = 3_600_000;

export function webhooksKnown({ newest, silenceHours, kindArrived }: Arrivals, now: number): WebhooksKnown {
  if (newest === null) return 'none';
  if (isSilent({ newest, silenceHours }, now)) return 'silent';
  return kindArrived ? 'arriving' : 'unproven';
}

/** Whether webhooks arrived and then stopped. */
export function isSilent({ newest, silenceHours }: Omit<Arrivals, 'kindArrived'>, now: number): boolean {
  return newest !== null && silenceHours !== undefined && now - Date.parse(newest) > silenceHours * HOUR_MS;
}

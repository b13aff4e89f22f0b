import type { Alarm, QuarantineList } from '../api/answers.ts';
import { Indicator } from '../components/indicator.tsx';
import { isSilent } from '../components/webhooks-known.ts';
import { useWebhookSilenceHours } from '../session/configuration-context.tsx';
import { useNow } from '../time/use-now.ts';
import { type Health, healthText } from './health-text.ts';

interface HealthVerdictProps {
  /** When the newest webhook was processed; null if none ever was. */
  readonly newest: string | null;
  /** Undefined while they are not known. */
  readonly alarms: readonly Alarm[] | undefined;
  /** The first webhooks in quarantine that wait; undefined for who may not see them. */
  readonly waiting: QuarantineList | undefined;
}

/** Whether webhooks arrive, and how much needs the reader, in one line. */
export function HealthVerdict({ newest, alarms, waiting }: HealthVerdictProps) {
  const silenceHours = useWebhookSilenceHours();
  const now = useNow();
  const arrival: Health['arrival'] =
    newest === null ? 'none' : isSilent({ newest, silenceHours }, now) ? 'silent' : 'arriving';
  const { type, text } = healthText({
    arrival,
    alarms: alarms?.filter(({ state }) => state === 'alarm').length ?? null,
    waiting: waiting?.quarantined.length ?? 0,
    more: waiting !== undefined && waiting.next_cursor !== null,
  });
  return <Indicator type={type}>{text}</Indicator>;
}

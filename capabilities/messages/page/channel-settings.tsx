import Box from '@cloudscape-design/components/box';
import type { MessageSettings } from '../../../dashboard/src/api/answers.ts';
import { Indicator } from '../../../dashboard/src/components/indicator.tsx';
import { useAssumesConsent } from '../../../dashboard/src/session/configuration-context.tsx';
import { Timestamp } from '../../../dashboard/src/time/timestamp.tsx';
import { byText } from '../../../dashboard/src/wording/caller.ts';
import type { Channel } from '../../../dashboard/src/wording/messages.ts';

interface ChannelSettingsProps {
  readonly settings: MessageSettings;
  readonly channel: Channel;
}

/** Consent and opt-out of one channel, and who recorded them. */
export function ChannelSettings({ settings, channel }: ChannelSettingsProps) {
  const consent = settings.consent[channel];
  const opt_out = settings.opt_out[channel];
  const assumed = useAssumesConsent();
  return (
    <>
      {opt_out && (
        <div>
          <Indicator type="stopped">Opted out</Indicator>
          <Box variant="small" display="block">
            {optOutSource(opt_out)}, <Timestamp at={opt_out.at} />
          </Box>
        </div>
      )}
      <div>{consentText(consent, assumed)}</div>
      {consent && (
        <Box variant="small" display="block">
          Recorded by {byText(consent)}, <Timestamp at={consent.at} />
        </Box>
      )}
    </>
  );
}

function consentText(consent: MessageSettings['consent'][Channel], assumed: boolean): string {
  if (consent === null) return assumed ? 'Consent assumed' : 'No consent recorded';
  return consent.given ? 'Consent given' : 'Consent withdrawn';
}

function optOutSource({ by, caller, reason }: NonNullable<MessageSettings['opt_out'][Channel]>): string {
  if (by !== null && caller !== null) return `Recorded by ${byText({ by, caller })}`;
  return reason === 'reply' ? 'Replied STOP' : 'Reported by the message provider';
}

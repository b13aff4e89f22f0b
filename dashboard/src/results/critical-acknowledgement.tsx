import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../api/api-context.tsx';
import { orderQuery } from '../api/queries.ts';
import { shortId } from '../components/identifier.tsx';
import { usePatientDataCheck } from '../components/use-patient-data-check.tsx';
import { Timestamp } from '../time/timestamp.tsx';
import { CHANNELS, type CriticalNotice, noticeText } from './critical-notice.ts';
import { useAcknowledgeCriticalResult } from './use-acknowledge-critical-result.ts';

/** The API's limit (characters). */
const MAX_NAME_LENGTH = 128;

interface CriticalAcknowledgementProps {
  readonly orderId: string;
  /** Whether its values are on the screen. Nobody acknowledges what they have not seen. */
  readonly loaded: boolean;
  readonly onAcknowledged: () => void;
}

/** Beside the values of an order with a critical result: whom to tell, and the acknowledgement; or who acknowledged it. */
export function CriticalAcknowledgement({ orderId, ...rest }: CriticalAcknowledgementProps) {
  const { data } = useQuery(orderQuery(useApi(), orderId));
  const known = data?.critical_result;
  if (!known) return null;
  if (known.acknowledgement) {
    return (
      <Alert type="success" header="Critical result acknowledged">
        {noticeText(known.acknowledgement)}. {known.acknowledgement.by},{' '}
        <Timestamp at={known.acknowledgement.at} />
      </Alert>
    );
  }
  return <Form orderId={orderId} latestAt={known.latest_at} openedAt={known.opened_at} {...rest} />;
}

interface FormProps extends CriticalAcknowledgementProps {
  readonly latestAt: string | null;
  readonly openedAt: string | null;
}

function Form({ orderId, latestAt: latest, openedAt, loaded, onAcknowledged }: FormProps) {
  const { mutate, isPending } = useAcknowledgeCriticalResult(onAcknowledged);
  // The values on the screen are of this report. A later one is not acknowledged unseen.
  const [latestAt] = useState(latest);
  const [told, setTold] = useState('');
  const [channel, setChannel] = useState<CriticalNotice['channel']>('phone');
  const [readBack, setReadBack] = useState(false);
  const name = told.trim();
  const tooLong = name.length > MAX_NAME_LENGTH;
  const check = usePatientDataCheck(name, ['email address']);
  const why = !loaded ? 'Wait until the results have loaded.' : name === '' ? 'Enter who was told.' : null;
  const acknowledge = () => {
    if (why === null && !tooLong && !isPending && check.passes())
      mutate({ orderId, latestAt, told: name, channel, read_back: readBack && channel !== 'message' });
  };
  return (
    <Alert type="error" header={`Critical result of order ${shortId(orderId)}`}>
      <SpaceBetween size="s">
        <div>
          Open since <Timestamp at={openedAt} />. Tell someone who can act on it now, then acknowledge it. It
          can’t be withdrawn; another critical result of this order opens it again.
        </div>
        <div className="critical-notice">
          <FormField
            label="Who was told"
            constraintText="A name or a team. No patient information and no result."
            errorText={tooLong && `At most ${MAX_NAME_LENGTH} characters.`}
          >
            <Input value={told} onChange={({ detail }) => setTold(detail.value)} placeholder="Dr. Lee" />
          </FormField>
          <FormField label="How">
            <RadioGroup
              direction="horizontal"
              value={channel}
              items={CHANNELS.map(({ id, text }) => ({ value: id, label: text }))}
              onChange={({ detail }) => setChannel(detail.value as CriticalNotice['channel'])}
            />
          </FormField>
          {channel !== 'message' && (
            <Checkbox checked={readBack} onChange={({ detail }) => setReadBack(detail.checked)}>
              They read it back
            </Checkbox>
          )}
        </div>
        {check.warning}
        <Button
          variant="primary"
          ariaLabel={`Acknowledge critical result for order ${shortId(orderId)}`}
          disabled={why !== null || tooLong}
          {...(why !== null && { disabledReason: why })}
          loading={isPending}
          loadingText="Saving"
          onClick={acknowledge}
        >
          {check.asked ? 'Acknowledge anyway' : 'Acknowledge'}
        </Button>
      </SpaceBetween>
    </Alert>
  );
}

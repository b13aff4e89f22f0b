/** Alarms as CloudWatch describes them. */
import { alarmDescription } from '../../../../core/telemetry/alarm-description.ts';
import { OPERATORS } from './handlers.ts';

export const DESCRIBE_ALARMS = 'GraniteServiceVersion20100801.DescribeAlarms';

const seconds = (time: string) => Date.parse(time) / 1_000;
const RUNBOOK = 'https://wiki.example.com/redraw-tracker/runbook#';

export function described(anchor: string, meaning: string, fields: object) {
  return {
    AlarmDescription: alarmDescription({ meaning, runbook: RUNBOOK + anchor }, 'https://console.example.com'),
    AlarmActions: [OPERATORS],
    ...fields,
  };
}

/** The alarms of the OpenAPI example, and one of another topic whose name begins with that of the operators. */
export const ALARMS = [
  described(
    'redrive-errors',
    'The redrive crashed or timed out. It runs again in five minutes. As long as it fails, failed records stay in the failure bucket, and no alarm says that a critical result waits.',
    {
      AlarmName: 'redraw-tracker-MonitoringAlarmsRedriveErrors0A1B2C3D-g7H8i9J0k1L2',
      StateValue: 'OK',
      StateTransitionedTimestamp: seconds('2026-02-25T12:04:51.117Z'),
      StateReason:
        'Threshold Crossed: no datapoints were received for 1 period and 1 missing datapoint was treated as [NonBreaching].',
    },
  ),
  described(
    'webhooks-quarantined',
    'Signed webhooks of Junction that could not be parsed are waiting in quarantine, unchanged. Their orders keep their old state until somebody replays the webhooks after a fix, or dismisses them.',
    {
      AlarmName: 'redraw-tracker-MonitoringAlarmsWebhooksQuarantined5C1D2E3F-a1B2c3D4e5F6',
      StateValue: 'ALARM',
      StateTransitionedTimestamp: seconds('2026-03-10T07:35:12.408Z'),
      StateReason:
        'Threshold Crossed: 1 datapoint [2.0 (10/03/26 07:30:00)] was greater than or equal to the threshold (1.0).',
    },
  ),
  { AlarmName: 'other', AlarmActions: [`${OPERATORS}-of-somebody-else`], StateValue: 'ALARM' },
];

import * as metricNames from '../../core/telemetry/metric-names.ts';
import { dollars } from '../../operations/prices/prices.ts';
import { ASSUMPTIONS } from './assumptions.ts';

/** What messages to a patient cost, in dollars. */
export interface MessageCost {
  readonly what: string;
  readonly perMessage: number;
}

/** The providers' prices, and what one message costs in this stack. */
export function messageCosts(): readonly MessageCost[] {
  const { sms_parts, message_seconds, message_gb, message_write_units } = ASSUMPTIONS;
  return [
    {
      what: `SMS of ${sms_parts} parts, to the United States`,
      perMessage: dollars('smsPart', sms_parts) + dollars('smsCarrierFee', sms_parts),
    },
    { what: 'e-mail', perMessage: dollars('email', 1) },
    {
      what: 'in addition to either: function, table and log of this stack',
      perMessage:
        dollars('lambdaGbSecond', message_seconds * message_gb) + dollars('writeUnit', message_write_units),
    },
  ];
}

/** The custom metrics that exist only with messages. Each costs its price from the first value of a month on. */
export function messageMetricCount(): number {
  const { messageMetrics, messageOutcomeMetrics } = metricNames;
  return Object.keys(messageMetrics).length + Object.keys(messageOutcomeMetrics).length;
}

import * as z from 'zod';
import { type Active, limits, Rules, wildcard } from './rules.ts';

/**
 * What goes wrong with a webhook: `lose` it is never sent · `unreachable` every attempt fails before it reaches the
 * endpoint · `duplicate` sent twice, the second time under a new id · `delay` sent `delaySeconds` later · `hold` kept
 * back until released, then sent newest first · `bad_signature` signed with another secret · `old_timestamp` signed ten
 * minutes ago.
 */
export const DELIVERY_FAULTS = [
  'lose',
  'unreachable',
  'duplicate',
  'delay',
  'hold',
  'bad_signature',
  'old_timestamp',
] as const;

const ruleSchema = z
  .strictObject({
    fault: z.enum(DELIVERY_FAULTS),
    /** In seconds of the sandbox's clock. */
    delaySeconds: z.int().min(1).optional(),
    /** `*` matches any text: `labtest.order.*`. */
    eventType: z.string().optional(),
    /** Limits the rule to webhooks that name this id. */
    about: z.string().optional(),
    ...limits,
  })
  .refine(({ fault, delaySeconds }) => fault !== 'delay' || delaySeconds !== undefined, {
    path: ['delaySeconds'],
    message: 'delay needs delaySeconds',
  });

export type DeliveryFaultRule = z.input<typeof ruleSchema>;
type DeliveryFault = z.output<typeof ruleSchema>;
export type ActiveDeliveryFault = Active<DeliveryFault>;

interface Webhook {
  eventType: string;
  body: string;
}

/** The rules for injecting delivery faults. */
export class DeliveryFaults extends Rules<DeliveryFaultRule, DeliveryFault, Webhook> {
  constructor() {
    super('delivery-fault', (rule) => ruleSchema.parse(rule), matcherOf);
  }
}

function matcherOf({ eventType, about }: DeliveryFault): (webhook: Webhook) => boolean {
  const pattern = eventType === undefined ? null : wildcard(eventType);
  return (webhook) =>
    (pattern?.test(webhook.eventType) ?? true) && (about === undefined || webhook.body.includes(about));
}

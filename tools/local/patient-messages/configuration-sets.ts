import * as z from 'zod';
import { type Template, unsupported } from '../template/template.ts';

/** Where a provider reports the outcome of a message. */
export interface ConfigurationSets {
  /** By the name of a set of Amazon SES: the types of events that go to the default event bus, as `DELIVERY`. */
  email: ReadonlyMap<string, ReadonlySet<string>>;
  /** By the name of a set of AWS End User Messaging SMS: the ARNs of the topics that get all events of SMS. */
  sms: ReadonlyMap<string, readonly string[]>;
}

const emailSchema = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.strictObject({
    Name: z.string().optional(),
    Enabled: z.literal(true),
    EventBridgeDestination: z.strictObject({
      EventBusArn: z.string().regex(/event-bus\/default$/, 'Amazon SES supports the default bus only'),
    }),
    MatchingEventTypes: z.array(z.string()),
  }),
});

const smsSchema = z.object({
  ConfigurationSetName: z.string(),
  EventDestinations: z.array(
    z.strictObject({
      EventDestinationName: z.string(),
      Enabled: z.literal(true),
      MatchingEventTypes: z.tuple([z.literal('TEXT_ALL')]),
      SnsDestination: z.strictObject({ TopicArn: z.string() }),
    }),
  ),
  MessageFeedbackEnabled: unsupported,
});

/** @returns undefined for a template that sends no messages to patients */
export function readConfigurationSets(template: Template): ConfigurationSets | undefined {
  const email = new Map<string, Set<string>>(
    template.resources('AWS::SES::ConfigurationSet').map((id) => [template.nameOf(id), new Set()]),
  );
  for (const id of template.resources('AWS::SES::ConfigurationSetEventDestination')) {
    const { ConfigurationSetName, EventDestination } = template.read(id, emailSchema);
    for (const type of EventDestination.MatchingEventTypes) {
      email.get(ConfigurationSetName)?.add(type.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase());
    }
  }
  const sms = new Map(
    template.resources('AWS::SMSVOICE::ConfigurationSet').map((id): [string, string[]] => {
      const { ConfigurationSetName, EventDestinations } = template.read(id, smsSchema);
      return [ConfigurationSetName, EventDestinations.map(({ SnsDestination }) => SnsDestination.TopicArn)];
    }),
  );
  return email.size + sms.size === 0 ? undefined : { email, sms };
}

/**
 * Replaces `@smithy/core/event-streams` in the bundles. No operation in use responds with an event stream, but the clients for S3
 * and CloudWatch Logs load the module for those that do.
 */

export const eventStreamSerdeProvider = () => ({});

export const resolveEventStreamSerdeConfig = <Config extends object>(config: Config) =>
  Object.assign(config, { eventStreamMarshaller: eventStreamSerdeProvider() });

/** The SDK creates one for an operation with an event stream. */
export class EventStreamSerde {
  constructor() {
    throw new Error('The bundles leave out event streams: lib/bundling/replaced/.');
  }
}

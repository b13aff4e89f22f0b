import type { EventDetail, EventType } from '../../../core/domain/events/domain-events.ts';

interface DocumentedEvent<Type extends EventType> {
  /** When it is published. */
  readonly when: string;
  readonly example: EventDetail<Type>;
}

/** Events in words, each with an example. */
export type DocumentedEvents<Types extends EventType = EventType> = {
  readonly [Type in Types]: DocumentedEvent<Type>;
};

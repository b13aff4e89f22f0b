import { Problem } from '../problem.ts';

/** What is handed to a destination; each makes of it what its service would. */
export interface Message {
  body: string;
  subject?: string | undefined;
  attributes?: Record<string, string>;
}

/** Something that takes messages: a queue, a topic, a function, a log group, an event bus. */
export interface Destination {
  arn: string;
  /** Where a person finds what it took, if that is on this machine. */
  place?: string;
  /**
   * Once it returns, the message is safe from the end of this process.
   * @throws Refused for what would be refused again
   */
  accept(message: Message): void;
}

/** The destination will never take this message. */
export class Refused extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Everything in the template that takes messages, by its ARN. */
export interface Destinations {
  add(destination: Destination): void;
  /**
   * @param user what refers to it, for the message
   * @throws Problem if the local run has no such destination
   */
  find(arn: string, user: string): Destination;
}

export function destinations(): Destinations {
  const known = new Map<string, Destination>();
  return {
    add: (destination) => known.set(plain(destination.arn), destination),
    find(arn, user) {
      const found = known.get(plain(arn));
      if (found) return found;
      throw new Problem(
        `The template's ${user} sends to ${arn}, which the local run does not have. It knows the functions, queues, ` +
          'topics, log groups and event buses of the template.',
      );
    },
  };
}

/** Without the version of a function, and without the `:*` that a log group's ARN may end with. */
function plain(arn: string): string {
  return arn.replace(/^(arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+):.+$/, '$1').replace(/:\*$/, '');
}

import { Problem } from '../../../lib/problems/problem.ts';

/** A message before it takes the form of the service that carries it. */
export interface Message {
  body: string;
  subject?: string | undefined;
  attributes?: Record<string, string>;
}

/** A resource that accepts messages: a queue, a topic, a function or a log group. */
export interface Destination {
  arn: string;
  /** Folder where a person finds the accepted messages, if they are kept on this machine. */
  path?: string;
  /**
   * The message is on disk when this returns.
   * @throws MessageRejected if a retry would fail too
   */
  accept(message: Message): void;
}

/** The destination will never accept this message. */
export class MessageRejected extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** The template's destinations by ARN. */
export interface Destinations {
  add(destination: Destination): void;
  /**
   * @param user the resource that refers to it, for the error message
   * @throws Problem if the local run has no such destination
   */
  find(arn: string, user: string): Destination;
}

export function destinations(): Destinations {
  const known = new Map<string, Destination>();
  return {
    add: (destination) => known.set(normalized(destination.arn), destination),
    find(arn, user) {
      const found = known.get(normalized(arn));
      if (found) return found;
      throw new Problem(
        `The template's ${user} sends to ${arn}, which the local run does not have. It has the functions, queues, ` +
          'topics and log groups of the template.',
      );
    },
  };
}

/** Without the `:*` that the ARN of a log group may end with. */
function normalized(arn: string): string {
  return arn.replace(/:\*$/, '');
}

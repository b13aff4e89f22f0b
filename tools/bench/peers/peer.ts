import type { Engine } from '../../local/database/embedded-engine.ts';
import type { Tools } from '../tools.ts';

/** A way to keep the state of orders: ours, or one that teams build instead. */
export interface Peer {
  /** Its folder. */
  readonly name: PeerName;
  readonly title: string;
  /** It takes its facts from Junction's API, and may know more than the webhooks say. */
  readonly asksJunction?: true;
  /** It takes no webhooks, and shows only the transactions with a redraw. */
  readonly showsRedrawsOnly?: true;
  /** Says why it cannot run on this machine; null if it can. */
  missing?(): string | null;
  start(surroundings: Surroundings): Promise<RunningPeer>;
}

export type PeerName =
  | 'bare-update'
  | 'event-time-guard'
  | 'fetch-on-webhook'
  | 'fifo-queue'
  | 'hourly-question'
  | 'idempotent-functions'
  | 'last-write-wins'
  | 'postgresql'
  | 'redraw-tracker';

/** The environment that a peer runs in. */
export interface Surroundings extends Tools {
  readonly engine: Engine;
  /** The DynamoDB endpoint that the functions use: the engine's, or a meter before it. */
  readonly database: string;
  /** The base URL of Junction's API. */
  readonly junctionUrl: string;
  /** A temporary folder. */
  readonly place: string;
}

/** A webhook as Junction's sender delivers it. */
export interface SentWebhook {
  /** When Junction knew what it says. */
  readonly knownAt: string;
  readonly svixId: string;
  readonly body: string;
}

/** The duration of an invocation of a function, measured in its process (ms). */
export interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

/** The function that takes webhooks, for measurements in fresh processes. */
export interface Entry {
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  eventOf(webhook: SentWebhook): Promise<unknown>;
}

export interface RunningPeer {
  readonly entry: Entry;
  /**
   * Delivers a webhook once.
   * @throws {NotAccepted} if it must be sent again
   */
  deliver(webhook: SentWebhook): Promise<Spent>;
  /** Resolves when everything that the webhooks so far lead to is done. */
  settled(): Promise<void>;
  /** How many changes were processed after their webhook was answered. Absent if a transaction is computed when it is read. */
  processed?(): number;
  /** Requests to a queue so far. */
  queueRequests?(): number;
  /** All transactions, by id. */
  transactions(): Promise<ReadonlyMap<string, SeenTransaction>>;
  /** Recovers lost webhooks, if the peer can. Otherwise absent. */
  findLost?(junctionUrl: string, now: string): Promise<void>;
  stop(): Promise<void>;
}

/** The answer was not 2xx. */
export class NotAccepted extends Error {}

/** A transaction as a user of the peer sees it. */
export interface SeenTransaction {
  readonly status: string;
  readonly orders: readonly SeenOrder[];
  /** Null if no redraw was ever needed. */
  readonly redraw: SeenRedraw | null;
}

export interface SeenOrder {
  readonly id: string;
  readonly userId: string | null;
}

export interface SeenRedraw {
  readonly orderId: string | null;
  /** Whether somebody still has to act, or wait for a result. */
  readonly open: boolean;
}

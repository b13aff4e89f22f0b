import type { Agenda } from '../junction/agenda.ts';
import type { OutgoingWebhook } from '../junction/live-stories.ts';
import type { Random } from '../random.ts';
import { DAY, HOUR, type Instant, MINUTE, SECOND, spellTime } from '../time.ts';
import type { ActiveDeliveryFault, DeliveryFaults } from './delivery-faults.ts';
import type { Endpoint } from './endpoint.ts';
import { endpointDisabled, type LastAttempt, messageExhausted } from './operational-events.ts';
import { post, signer } from './webhook-sender.ts';

/** The pauses before attempts two to eight: https://docs.junction.com/webhooks/retry-policy */
const RETRY_DELAYS = [5 * SECOND, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 10 * HOUR];
/** An endpoint is disabled after nothing but failures for so long. */
const DISABLED_AFTER = 5 * DAY;
const KEPT = 1_000;
const OTHER_SECRET = 'whsec_b3RoZXJzZWNyZXRvdGhlcnNlY3JldG90aGVy';

export interface DeliveryAttempt {
  at: string;
  /** Null if there was no answer. */
  status: number | null;
  outcome: string | null;
}

/** A webhook and its delivery status. */
export interface Message {
  svixId: string;
  eventType: string;
  orderId: string | null;
  createdAt: string;
  body: string;
  state: 'waiting' | 'held' | 'delivered' | 'failed' | 'lost' | 'not_sent';
  /** The id of the delivery fault that applied. */
  fault: string | null;
  attempts: DeliveryAttempt[];
}

interface Dependencies {
  agenda: Agenda;
  now: () => Instant;
  faults: DeliveryFaults;
  ids: Random;
}

/**
 * Sends webhooks as Svix does: eight attempts over 27.6 hours of the sandbox's clock. After the last one it reports the
 * message as exhausted, and after five days of nothing but failures it disables the endpoint.
 */
export class Outbox {
  endpoint: Endpoint | null;
  readonly #world: Dependencies;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  readonly #held: { message: Message; fault: ActiveDeliveryFault }[] = [];
  #messages: Message[] = [];
  #failingSince: Instant | null = null;
  #isDisabled = false;
  readonly #appId: string;
  readonly #endpointId: string;

  constructor(endpoint: Endpoint | null, world: Dependencies) {
    this.endpoint = endpoint;
    this.#world = world;
    this.#appId = `app_${world.ids.base62(27)}`;
    this.#endpointId = `ep_${world.ids.base62(27)}`;
  }

  get isDisabled(): boolean {
    return this.#isDisabled;
  }

  /** Since when every attempt has failed; null if the last one succeeded. */
  get failingSince(): string | null {
    return this.#failingSince === null ? null : spellTime(this.#failingSince);
  }

  /** Lets a disabled endpoint receive again. */
  enable(): void {
    this.#isDisabled = false;
    this.#failingSince = null;
  }

  /** The last thousand webhooks, oldest first. */
  messages(): readonly Message[] {
    return this.#messages.slice(-KEPT);
  }

  send(webhook: OutgoingWebhook): void {
    const message = this.#add(webhook);
    if (this.endpoint === null || this.#isDisabled) {
      message.state = 'not_sent';
      return;
    }
    const fault = this.#world.faults.strike(message);
    message.fault = fault?.id ?? null;
    this.#dispatch(message, fault, webhook);
  }

  /** Sends what is held, newest first. @returns how many */
  release(): number {
    const held = this.#held.splice(0).reverse();
    for (const { message, fault } of held) this.#attempt(message, 1, fault, this.#world.now());
    return held.length;
  }

  /** Waits for the requests that are under way. */
  async settled(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await this.settled();
  }

  #dispatch(message: Message, fault: ActiveDeliveryFault | null, webhook: OutgoingWebhook): void {
    const now = webhook.at ?? this.#world.now();
    if (fault?.fault === 'lose') message.state = 'lost';
    else if (fault?.fault === 'hold') {
      message.state = 'held';
      this.#held.push({ message, fault });
    } else if (fault?.fault === 'delay') {
      const at = now + (fault.delaySeconds ?? 0) * SECOND;
      this.#world.agenda.add(at, (due) => this.#attempt(message, 1, fault, due));
    } else this.#attempt(message, 1, fault, now);
    if (fault?.fault !== 'duplicate') return;
    const again = this.#add(webhook);
    again.fault = fault.id;
    this.#attempt(again, 1, fault, now);
  }

  #add({ eventType, body, orderId, at = this.#world.now() }: OutgoingWebhook): Message {
    const message: Message = {
      svixId: `msg_${this.#world.ids.base62(27)}`,
      eventType,
      orderId,
      createdAt: spellTime(at),
      body: JSON.stringify(body),
      state: 'waiting',
      fault: null,
      attempts: [],
    };
    this.#messages.push(message);
    if (this.#messages.length > 2 * KEPT) this.#messages = this.#messages.slice(-KEPT);
    return message;
  }

  #attempt(message: Message, nth: number, fault: ActiveDeliveryFault | null, at: Instant): void {
    const { endpoint } = this;
    if (endpoint === null || this.#isDisabled || this.#stop.signal.aborted) {
      message.state = nth === 1 ? 'not_sent' : 'failed';
      return;
    }
    const running = this.#request(endpoint, message, fault)
      .then((answer) => this.#record(message, nth, fault, { at, ...answer }))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #request(endpoint: Endpoint, message: Message, fault: ActiveDeliveryFault | null) {
    if (fault?.fault === 'unreachable') return { status: null, outcome: null };
    const clock = () => new Date(Date.now() - (fault?.fault === 'old_timestamp' ? 600_000 : 0));
    const secret = fault?.fault === 'bad_signature' ? OTHER_SECRET : endpoint.secret;
    const { status, outcome } = await post(message, signer({ secret, clock })(message), {
      url: endpoint.url,
      signal: this.#stop.signal,
    });
    return { status, outcome };
  }

  #record(
    message: Message,
    nth: number,
    fault: ActiveDeliveryFault | null,
    { at, status, outcome }: { at: Instant; status: number | null; outcome: string | null },
  ): void {
    message.attempts.push({ at: spellTime(at), status, outcome });
    if (status !== null && status >= 200 && status < 300) {
      message.state = 'delivered';
      this.#failingSince = null;
      return;
    }
    this.#failingSince ??= at;
    const delay = RETRY_DELAYS[nth - 1];
    if (delay === undefined) this.#exhaust(message, { at, status });
    else this.#world.agenda.add(at + delay, (due) => this.#attempt(message, nth + 1, fault, due));
    if (at - this.#failingSince >= DISABLED_AFTER) this.#disable(this.#failingSince);
    // What has become due while the request was under way.
    this.#world.agenda.runUntil(this.#world.now());
  }

  #exhaust(message: Message, { at, status }: { at: Instant; status: number | null }): void {
    message.state = 'failed';
    if (message.eventType === 'message.attempt.exhausted' || message.eventType === 'endpoint.disabled')
      return;
    const id = `atmpt_${this.#world.ids.base62(27)}`;
    const lastAttempt: LastAttempt = { id, responseStatusCode: status ?? 0, timestamp: spellTime(at) };
    this.#report(messageExhausted({ ...this.#names(), msgId: message.svixId, lastAttempt }));
  }

  #disable(failSince: Instant): void {
    if (this.#isDisabled) return;
    this.#report(endpointDisabled({ ...this.#names(), failSince: spellTime(failSince) }));
    this.#isDisabled = true;
  }

  /** Operational events go to the same endpoint. Faults do not apply to them. */
  #report(event: { type: string }): void {
    const message = this.#add({ eventType: event.type, body: event, orderId: null });
    this.#attempt(message, 1, null, this.#world.now());
  }

  #names() {
    return { appId: this.#appId, endpointId: this.#endpointId };
  }
}

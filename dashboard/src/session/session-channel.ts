/** What the windows of the dashboard tell each other. The browser passes it on only within an origin, and keeps nothing. */
type Message =
  | { readonly kind: 'ask' }
  | { readonly kind: 'session'; readonly user: string }
  | { readonly kind: 'input'; readonly at: number }
  | { readonly kind: 'signed_out' };

export interface SessionHandlers {
  /** The session of this window, to give to another one; null if there is none. */
  readonly give: () => string | null;
  /** Another window gave its session. */
  readonly take: (user: string) => Promise<void>;
  /** There was input in another window, at this time (ms). */
  readonly input: (at: number) => void;
  /** The user signed out in another window. */
  readonly signedOut: () => void;
}

/** How long a new window waits for the session of another one (ms). Windows answer in a few milliseconds. */
const ANSWER_MS = 400;

/** Hands the session from one window to another, so that rows opened side by side need no sign-in each. */
export class SessionChannel {
  readonly #channel = new BroadcastChannel('session');
  readonly #handlers: SessionHandlers;
  #answered: () => void = () => undefined;

  constructor(handlers: SessionHandlers) {
    this.#handlers = handlers;
    this.#channel.addEventListener('message', ({ data }: MessageEvent<Message>) => this.#receive(data));
  }

  /** Asks the other windows for their session. Resolves when one was taken, or when none answers. */
  ask(): Promise<void> {
    return new Promise((resolve) => {
      this.#answered = resolve;
      setTimeout(resolve, ANSWER_MS);
      this.#send({ kind: 'ask' });
    });
  }

  /** Gives the session to the other windows. */
  share(): void {
    const user = this.#handlers.give();
    if (user !== null) this.#send({ kind: 'session', user });
  }

  /** Tells the other windows that there was input in this one. */
  tellInput(at: number): void {
    this.#send({ kind: 'input', at });
  }

  signOut(): void {
    this.#send({ kind: 'signed_out' });
  }

  #receive(message: Message): void {
    if (message.kind === 'ask') this.share();
    else if (message.kind === 'input') this.#handlers.input(message.at);
    else if (message.kind === 'signed_out') this.#handlers.signedOut();
    else void this.#handlers.take(message.user).then(this.#answered);
  }

  #send(message: Message): void {
    this.#channel.postMessage(message);
  }
}

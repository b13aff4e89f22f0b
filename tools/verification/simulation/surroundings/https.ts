/** The part of `node:https` that the SDK's clients need, over the simulated network. */
import { EventEmitter } from 'node:events';
import { Readable } from 'node:stream';
import type { Fate, WireAnswer, WireRequest } from './wire.ts';

export type Carry = (request: WireRequest, isGiven: () => boolean) => Promise<Fate<WireAnswer>>;

interface RequestOptions {
  readonly host: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** A connection that is already open. */
const SOCKET = {
  connecting: false,
  setKeepAlive: () => undefined,
  setTimeout: () => undefined,
  removeListener: () => undefined,
  destroy: () => undefined,
};

const CODES = { refused: 'ECONNREFUSED', reset: 'ECONNRESET' } as const;

class SimulatedRequest extends EventEmitter {
  readonly socket = SOCKET;
  readonly #options: RequestOptions;
  readonly #carry: Carry;
  #destroyed = false;

  constructor(options: RequestOptions, carry: Carry) {
    super();
    this.#options = options;
    this.#carry = carry;
  }

  end(body: Uint8Array | string = ''): void {
    const { host, method, path, headers } = this.#options;
    const text = typeof body === 'string' ? body : Buffer.from(body).toString('utf8');
    void this.#carry({ host, method, path, headers, body: text }, () => this.#destroyed).then((fate) =>
      this.#end(fate),
    );
  }

  #end(fate: Fate<WireAnswer>): void {
    if (this.#destroyed || fate === 'silence') return;
    if (typeof fate === 'string') {
      this.emit('error', Object.assign(new Error(`simulated: ${fate}`), { code: CODES[fate] }));
    } else {
      const stream = new Readable({ read: () => undefined });
      stream.push(fate.body);
      stream.push(null);
      this.emit('response', Object.assign(stream, { statusCode: fate.status, headers: { ...fate.headers } }));
    }
    this.emit('close');
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.emit('close');
  }
}

class SimulatedAgent {
  destroy(): void {}
}

export function httpsOver(carry: Carry): object {
  const request = (options: RequestOptions, onResponse: (response: unknown) => void) =>
    new SimulatedRequest(options, carry).on('response', onResponse);
  return { Agent: SimulatedAgent, request };
}

/** One instance of a function: its bundle run from the first line, in a world where nothing is real but the code. */
import crypto from 'node:crypto';
import { createRequire } from 'node:module';
import zlib from 'node:zlib';
import type { Bundle, Handler, Surroundings } from './bundles.ts';
import { fetchOver } from './fetch.ts';
import { httpsOver } from './https.ts';
import type { Invocation, Scheduler, Timer } from './scheduler.ts';
import type { Fate, WireRequest } from './wire.ts';

/** @param now what the clock of the instance shows */
export type Carry = (
  request: WireRequest,
  now: number,
  invocation: Invocation,
  isGiven: () => boolean,
) => Promise<Fate>;

type Callback = (error: Error | null, bytes?: Buffer) => void;

const nodes = createRequire(import.meta.url);

/** There are no files in this world. */
const noFile = async () => {
  throw Object.assign(new Error('simulated: no such file'), { code: 'ENOENT' });
};
const FILES = { readFile: noFile };
/** The thread pool would answer when it likes. */
const ZLIB = {
  ...zlib,
  gzip: (bytes: Buffer, done: Callback) => done(null, zlib.gzipSync(bytes)),
  gunzip: (bytes: Buffer, done: Callback) => done(null, zlib.gunzipSync(bytes)),
};

export class Instance {
  readonly #handler: Handler;
  readonly #chance: Scheduler;
  readonly #carry: Carry;
  #invocation: Invocation;
  /** What its clock shows beyond the simulation's time. */
  #epoch = 0;

  constructor(bundle: Bundle, chance: Scheduler, carry: Carry, invocation: Invocation) {
    this.#chance = chance;
    this.#carry = carry;
    this.#invocation = invocation;
    const surroundings = this.#surroundings(bundle.environment);
    const modules = this.#modules(surroundings);
    this.#handler = bundle.start(surroundings, (name) => modules[name] ?? nodes(name));
  }

  /** @param startsAt what its clock shows then */
  async invoke(invocation: Invocation, event: unknown, startsAt: number, endsBy: number): Promise<unknown> {
    this.#invocation = invocation;
    this.#epoch = startsAt - this.#chance.now;
    return this.#handler(event, {
      functionName: invocation.name,
      awsRequestId: 'simulated',
      getRemainingTimeInMillis: () => endsBy - this.#chance.now,
    });
  }

  #now(): number {
    return Math.floor(this.#epoch + this.#chance.now);
  }

  #surroundings(env: Readonly<Record<string, string>>): Surroundings {
    const chance = this.#chance;
    const now = () => this.#now();
    class SimulatedDate extends Date {
      constructor(...given: number[]) {
        super(...((given.length === 0 ? [now()] : given) as [number]));
      }
      static override now = now;
    }
    return {
      process: {
        env: { ...env },
        version: process.version,
        versions: process.versions,
        platform: process.platform,
        arch: process.arch,
        stdout: { write: () => true },
        emitWarning: () => undefined,
        nextTick: process.nextTick,
      },
      globalThis: Object.create(globalThis) as object,
      console: { log() {}, info() {}, debug() {}, warn() {}, error() {} },
      Date: SimulatedDate,
      Math: Object.create(Math, { random: { value: () => chance.fraction() } }) as object,
      performance: { now: () => chance.now },
      setTimeout: (ring, ms = 0) => chance.after(this.#invocation, ms, ring),
      clearTimeout: (timer) => chance.callOff(timer as Timer),
      setImmediate: (ring) => chance.after(this.#invocation, 0, ring),
      fetch: fetchOver((request, isGiven) => this.#carry(request, this.#now(), this.#invocation, isGiven)),
    };
  }

  #modules({ process, setTimeout, clearTimeout, setImmediate }: Surroundings): Record<string, unknown> {
    const sleep = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
    const https = httpsOver((request, isGiven) =>
      this.#carry(request, this.#now(), this.#invocation, isGiven),
    );
    return {
      'node:process': process,
      'node:https': https,
      'node:fs': {
        promises: FILES,
        readFileSync: () => {
          throw new Error('simulated: no such file');
        },
      },
      'node:fs/promises': FILES,
      'node:zlib': ZLIB,
      'node:timers': { setTimeout, clearTimeout, setImmediate },
      'node:timers/promises': { setTimeout: sleep },
      'node:crypto': Object.create(crypto, {
        randomUUID: { value: () => uuidOf(this.#chance) },
        getRandomValues: { value: (bytes: Uint8Array) => bytes.fill(this.#chance.below(256)) },
      }),
    };
  }
}

function uuidOf(chance: Scheduler): string {
  return `00000000-0000-4000-8000-${String(chance.below(1_000_000)).padStart(12, '0')}`;
}

/** The environment of a function in which only the code is real: the world of the running instance. */
import { AsyncLocalStorage } from 'node:async_hooks';
import crypto from 'node:crypto';
import { createRequire } from 'node:module';
import { compileFunction } from 'node:vm';
import zlib from 'node:zlib';
import { fetchOver } from './fetch.ts';
import { httpsOver } from './https.ts';
import type { Invocation, Scheduler, Timer } from './scheduler.ts';
import type { CommandRequest, Fate, Outcome, WireAnswer, WireRequest } from './wire.ts';

/** An instance, as its code sees it. */
export interface Running {
  readonly environment: Readonly<Record<string, string>>;
  readonly chance: Scheduler;
  /** What it is working on. */
  readonly invocation: Invocation;
  /** The time on its clock. */
  now(): number;
  /** Sends a request. */
  carry(request: WireRequest, isGiven: () => boolean): Promise<Fate<WireAnswer>>;
  /** The same without a wire. */
  ask(request: CommandRequest, isGiven: () => boolean): Promise<Fate<Outcome>>;
}

type Modules = Readonly<Record<string, unknown>>;

const running = new AsyncLocalStorage<Running>();

/** Runs something in an instance, with everything that it waits for. */
export const runningIn = <Result>(instance: Running, run: () => Result): Result => running.run(instance, run);

/** The instance whose code runs. Code outside an instance may use no clock, no chance and no network. */
export function current(): Running {
  const instance = running.getStore();
  if (!instance) throw new Error('no instance is running');
  return instance;
}

class SimulatedDate extends Date {
  constructor(...given: number[]) {
    super(...((given.length === 0 ? [current().now()] : given) as [number]));
  }
  static override now = () => current().now();
}

function ring(callback: () => void, ms = 0): Timer {
  const instance = current();
  return instance.chance.after(instance.invocation, ms, () => runningIn(instance, callback));
}

const timers = {
  setTimeout: ring,
  clearTimeout: (timer: Timer) => current().chance.callOff(timer),
  setImmediate: (callback: () => void) => ring(callback),
};

/** The replacements of Node's own objects of the same names. */
const SURROUNDINGS = {
  ...timers,
  process: {
    get env() {
      return current().environment;
    },
    version: process.version,
    versions: process.versions,
    platform: process.platform,
    arch: process.arch,
    stdout: { write: () => true },
    emitWarning: () => undefined,
    nextTick: process.nextTick,
  },
  console: { log() {}, info() {}, debug() {}, warn() {}, error() {} },
  Date: SimulatedDate,
  Math: Object.create(Math, { random: { value: () => current().chance.fraction() } }) as object,
  performance: { now: () => current().chance.now },
  fetch: fetchOver((request, isGiven) => current().carry(request, isGiven)),
};

/** There are no files in this world. */
const noFile = () => {
  throw Object.assign(new Error('simulated: no such file'), { code: 'ENOENT' });
};
const FILES = { readFile: async () => noFile() };

type Callback = (error: Error | null, bytes?: Buffer) => void;

const MODULES: Modules = {
  'node:process': SURROUNDINGS.process,
  'node:https': httpsOver((request, isGiven) => current().carry(request, isGiven)),
  'node:fs': { promises: FILES, readFileSync: noFile },
  'node:fs/promises': FILES,
  // The thread pool would answer at any time.
  'node:zlib': {
    ...zlib,
    gzip: (bytes: Buffer, done: Callback) => done(null, zlib.gzipSync(bytes)),
    gunzip: (bytes: Buffer, done: Callback) => done(null, zlib.gunzipSync(bytes)),
  },
  'node:timers': timers,
  'node:timers/promises': { setTimeout: (ms: number) => new Promise<void>((done) => ring(done, ms)) },
  'node:crypto': Object.create(crypto, {
    randomUUID: { value: () => uuidOf(current().chance) },
    getRandomValues: { value: (bytes: Uint8Array) => bytes.fill(current().chance.below(256)) },
  }),
};

function uuidOf(chance: Scheduler): string {
  return `00000000-0000-4000-8000-${String(chance.below(1_000_000)).padStart(12, '0')}`;
}

const NAMES = Object.keys(SURROUNDINGS);
const nodes = createRequire(import.meta.url);

/**
 * Compiles a bundle. The result runs it from its first line, as a cold start does, and returns its exports. Modules that
 * the bundle requires come from `modules`, from its `parts` (sources by `./name.js`), otherwise from Node.
 */
export function compiled<Exports>(
  source: string,
  filename: string,
  modules: Modules = {},
  parts: Readonly<Record<string, string>> = {},
): () => Exports {
  const parameters = ['exports', 'module', 'require', 'globalThis', ...NAMES];
  const codes = new Map<string, ReturnType<typeof compileFunction>>();
  const codeOf = (name: string, text: string) => {
    const code = codes.get(name) ?? compileFunction(text, parameters, { filename: name });
    codes.set(name, code);
    return code;
  };
  codeOf(filename, source);
  return () => {
    const loaded = new Map<string, object>();
    const load = (name: string, text: string): object => {
      const module = { exports: {} };
      loaded.set(name, module.exports);
      codeOf(name, text)(
        module.exports,
        module,
        require,
        Object.create(globalThis),
        ...Object.values(SURROUNDINGS),
      );
      loaded.set(name, module.exports);
      return module.exports;
    };
    // The test runner is told of each call of Node's `require`, and every cold start would be dozens of them.
    const require = (name: string) => {
      const part = parts[name];
      if (part !== undefined) return loaded.get(name) ?? load(name, part);
      return modules[name] ?? MODULES[name] ?? process.getBuiltinModule(name) ?? nodes(name);
    };
    return load(filename, source) as Exports;
  };
}

/**
 * The clock of the functions, shared with their threads. It follows that of the machine until the local runner moves it: for the
 * demo, so that past events are processed at their past times. The bundles are unaware of it.
 */
export interface FunctionClock {
  /** One number: how far it is ahead of the clock of the machine (ms). */
  readonly shared: SharedArrayBuffer;
  /** Sets it to a time, from which it keeps running; null resets it to the machine's clock. */
  moveTo(time: Date | null): void;
  now(): Date;
}

/** The dates of the machine, also in a thread whose own are moved. */
const machine = Date;

export function functionClock(): FunctionClock {
  const shared = new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT);
  const ahead = new Float64Array(shared);
  return {
    shared,
    moveTo(time) {
      ahead[0] = time ? time.getTime() - machine.now() : 0;
    },
    now: () => new machine(machine.now() + (ahead[0] ?? 0)),
  };
}

/** Lets this thread's `Date` follow a clock that another thread moves. */
export function followClock(shared: SharedArrayBuffer): void {
  const ahead = new Float64Array(shared);
  const now = () => machine.now() + (ahead[0] ?? 0);
  globalThis.Date = new Proxy(machine, {
    construct: (target, given, newTarget: NewableFunction) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, newTarget) as Date,
    apply: () => new machine(now()).toString(),
    get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
}

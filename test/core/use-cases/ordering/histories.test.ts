/** Random histories of orders and appointments, judged by what the sandbox itself knows. */
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { receive } from '../../../../core/use-cases/receive-webhook.ts';
import { recompute } from '../../../../core/use-cases/recompute.ts';
import { holdsFor } from '../../../property.ts';
import { OrderingScene, requestOf, type Step } from './ordering-scene.ts';

let scene: OrderingScene;
afterEach(() => scene.end());

/** Two patients with three orders each. The first two of each are placed before the history begins. */
const ORDERS = 6;
const PLACED_BEFORE = 4;
const order = fc.nat({ max: ORDERS - 1 });
const bodyOf = (key: number) => requestOf(key % 2);

/** One request, or something that happens besides. */
const request = fc.oneof(
  { weight: 1, arbitrary: fc.record({ what: fc.constant('place' as const), order }) },
  {
    weight: 4,
    arbitrary: fc.record({ what: fc.constant('book' as const), order, slot: fc.nat({ max: 5 }) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('cancel' as const), order }) },
);
const happening = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('requests' as const),
      of: fc.array(request, { minLength: 1, maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('webhook' as const), pick: fc.nat() }) },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('wait' as const), seconds: fc.constantFrom(10, 61, 3_600) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('cancelled outside' as const), order }) },
);

/** Which steps lose their answer after they took effect, and which do not happen. */
const fate = fc.infiniteStream(
  fc.oneof({ weight: 60, arbitrary: fc.constant('right') }, fc.constant('lost'), fc.constant('not done')),
);

type Happening = typeof happening extends fc.Arbitrary<infer One> ? One : never;
type Request = typeof request extends fc.Arbitrary<infer One> ? One : never;

class History {
  /** The order of each key, once an answer named it. */
  readonly placed = new Map<number, string>();
  readonly #scheduler: fc.Scheduler;
  readonly #fate: Iterator<string>;

  constructor(scheduler: fc.Scheduler, fates: Iterator<string>) {
    this.#scheduler = scheduler;
    this.#fate = fates;
  }

  /** Everything that requests do is interleaved at random, and can fail. */
  step: Step = async (what, of) => {
    await this.#scheduler.schedule(Promise.resolve(), of);
    const outcome = this.#fate.next().value;
    if (outcome === 'not done') throw new Error('no connection');
    const answer = await what();
    if (outcome === 'lost') throw new Error('connection reset');
    return answer;
  };

  async happen(one: Happening): Promise<void> {
    switch (one.what) {
      case 'requests':
        return this.#scheduler.waitFor(
          Promise.all(one.of.map((asked) => this.#ask(asked))).then(() => undefined),
        );
      case 'webhook':
        return deliver(scene.webhooks[one.pick % scene.webhooks.length]);
      case 'wait':
        scene.junction.advance(one.seconds);
        SLOTS = await farSlots();
        return;
      case 'cancelled outside':
        return void scene.junction.cancel(this.placed.get(one.order) ?? '');
    }
  }

  async #ask(asked: Request): Promise<void> {
    const id = this.placed.get(asked.order) ?? '';
    try {
      if (asked.what === 'place') await this.#place(asked.order);
      else if (asked.what === 'book') await scene.book(id, SLOTS[asked.slot] ?? '', this.step);
      else await scene.cancel(id, this.step);
    } catch {
      // Refused, or without an answer.
    }
  }

  async #place(key: number): Promise<void> {
    const placed = await scene.place(`key-${key}`, bodyOf(key), this.step);
    this.learn(key, String(placed.order.id));
  }

  learn(key: number, id: string): void {
    const before = this.placed.get(key);
    if (before !== undefined && before !== id) throw new Error(`key ${key} gave ${before} and ${id}`);
    if (before === undefined) scene.makeRequisition(id);
    this.placed.set(key, id);
  }
}

let SLOTS: string[] = [];

/** Slots that do not pass while a history lasts: a past appointment is over for us, and the sandbox leaves it as it is. */
const farSlots = async () => (await scene.slots()).slice(-6);

async function deliver(webhook: unknown): Promise<void> {
  if (webhook === undefined) return;
  const bytes = Buffer.from(JSON.stringify(webhook));
  const { projection, table } = scene.context();
  const { orderId } = await receive({ table, quarantineRetentionDays: 90 }, bytes, scene.now);
  const record = orderId ? await scene.readOrder(orderId) : null;
  if (record) await recompute(projection, record);
}

function assertOneActive(): void {
  const active = scene.activeAppointments;
  const twice = active.find((one, index) => active.indexOf(one) !== index);
  if (twice) throw new Error(`two active appointments: ${twice}`);
}

test('never two active appointments, an order placed twice, an order that is not known, or a lost answer', async () => {
  await holdsFor(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(happening, { minLength: 3, maxLength: 14 }),
      fate,
      async (scheduler, happenings, fates) => {
        scene = new OrderingScene();
        SLOTS = await farSlots();
        const history = new History(scheduler, fates);
        for (let key = 0; key < PLACED_BEFORE; key += 1) {
          history.learn(key, String((await scene.place(`key-${key}`, bodyOf(key))).order.id));
        }
        for (const one of happenings) {
          await history.happen(one);
          assertOneActive();
        }
        scene.junction.advance(61);
        for (let key = 0; key < ORDERS; key += 1) {
          const { order } = await scene.place(`key-${key}`, bodyOf(key));
          history.learn(key, String(order.id));
        }
        const placed = scene.ordersAtJunction.map(({ id }) => id).sort();
        const known = [...history.placed.values()].sort();
        if (placed.join() !== known.join()) throw new Error(`placed ${placed}, known ${known}`);
        for (const id of placed)
          if (!(await scene.readOrder(id))?.registered) throw new Error(`${id} is not here`);
      },
    ),
    { numRuns: 25 },
  );
});

test('an appointment that was booked elsewhere counts as soon as its webhook is here', async () => {
  scene = new OrderingScene();
  SLOTS = await farSlots();
  const ids = [await scene.placed('one', 1), await scene.placed('other', 1)];
  const [own = '', other = ''] = ids;
  scene.junction.appointments.book(other, 'patient_service_center', {
    bookingKey: SLOTS[0] ?? '',
    notes: null,
  });
  for (const webhook of [...scene.webhooks].reverse()) await deliver(webhook);
  await expect(scene.book(own, SLOTS[1] ?? '')).rejects.toThrow(/active appointment with this provider/);
  expect(scene.activeAppointments).toHaveLength(1);
});

test('of two bookings of a patient with one provider, in any order of their steps, one reaches Junction', async () => {
  await holdsFor(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      scene = new OrderingScene();
      SLOTS = await scene.slots();
      const ids = [await scene.placed('one', 1), await scene.placed('other', 1)];
      const asked: string[] = [];
      const step: Step = async (what, of) => {
        await scheduler.schedule(Promise.resolve(), of);
        if (of.endsWith('/book')) asked.push(of);
        return what();
      };
      const booking = ids.map((id, index) => scene.book(id, SLOTS[index] ?? '', step).catch(() => null));
      const booked = await scheduler.waitFor(Promise.all(booking));
      if (booked.filter((one) => one !== null).length !== 1 || asked.length !== 1) {
        throw new Error(`Junction was asked ${asked.length} times`);
      }
    }),
    { numRuns: 20 },
  );
});

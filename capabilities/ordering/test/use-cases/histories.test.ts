/** Random histories of orders and appointments, judged by what the sandbox itself knows. */
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { receive } from '../../../../core/use-cases/receive-webhook.ts';
import { recompute } from '../../../../core/use-cases/recompute.ts';
import { holdsFor } from '../../../../test/property.ts';
import { CANCELLATION_REASONS } from '../../../../tools/sandbox/junction/booking/appointments.ts';
import { isActive } from '../../../../tools/sandbox/world/appointment.ts';
import { OrderingScene, requestOf, type Step } from './ordering-scene.ts';

let scene: OrderingScene;
afterEach(() => scene.end());

/** The orders of one patient. The first two are placed before the history begins. */
const ORDERS = 3;
const PLACED_BEFORE = 2;
const order = fc.nat({ max: ORDERS - 1 });

/** The ways of booking: at a center, at home by slots, at home by a request. */
const WAYS = [
  { method: 'walk_in_test', zip: '85004', slots: 'quest' },
  { method: 'at_home_phlebotomy', zip: '85004', slots: 'home' },
  { method: 'at_home_phlebotomy', zip: '54650', slots: null },
] as const;
let way: (typeof WAYS)[number] = WAYS[0];
const body = () => requestOf(1, way.method, way.zip);

const slot = fc.nat({ max: 5 });
const asked = <What extends string>(what: What) => fc.record({ what: fc.constant(what), order, slot });

/** One request, or something that happens besides. */
const request = fc.oneof(
  { weight: 1, arbitrary: asked('place') },
  { weight: 5, arbitrary: asked('book') },
  { weight: 1, arbitrary: asked('reschedule') },
  { weight: 2, arbitrary: asked('cancel appointment') },
  { weight: 1, arbitrary: asked('cancel') },
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
  { weight: 1, arbitrary: asked('cancelled outside') },
  { weight: 1, arbitrary: asked('appointment cancelled outside') },
  { weight: 1, arbitrary: asked('slot taken outside') },
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
        return findSlots();
      case 'cancelled outside':
        return void scene.junction.cancel(this.#idOf(one));
      case 'appointment cancelled outside':
        return cancelledOutside(this.#idOf(one));
      case 'slot taken outside':
        return scene.junction.appointments.take(slotOf(one));
    }
  }

  #idOf({ order: key }: { readonly order: number }): string {
    return this.placed.get(key) ?? '';
  }

  async #ask(one: Request): Promise<void> {
    try {
      await this.#answerTo(one);
    } catch {
      // Refused, or without an answer.
    }
  }

  #answerTo(one: Request): Promise<unknown> {
    const id = this.#idOf(one);
    switch (one.what) {
      case 'place':
        return this.#place(one.order);
      case 'book':
        return book(id, one, this.step);
      case 'reschedule':
        return scene.reschedule(id, slotOf(one), this.step);
      case 'cancel appointment':
        return scene.cancelAppointment(id, this.step);
      case 'cancel':
        return scene.cancel(id, this.step);
    }
  }

  async #place(key: number): Promise<void> {
    const placed = await scene.place(`key-${key}`, body(), this.step);
    this.learn(key, String(placed.order.id));
  }

  learn(key: number, id: string): void {
    const before = this.placed.get(key);
    if (before !== undefined && before !== id) throw new Error(`key ${key} gave ${before} and ${id}`);
    if (before === undefined) scene.makeRequisition(id);
    this.placed.set(key, id);
  }
}

/** Slots that do not pass while a history lasts: a past appointment is over for us, and the sandbox leaves it as it is. */
const SLOTS: Record<'quest' | 'home', string[]> = { quest: [], home: [] };

async function findSlots(): Promise<void> {
  for (const lab of ['quest', 'home'] as const) SLOTS[lab] = (await scene.slots(lab)).slice(-6);
}

interface Choice {
  readonly slot: number;
}

const slotOf = ({ slot: nth }: Choice): string => SLOTS[way.slots ?? 'home'][nth] ?? '';

const book = (id: string, choice: Choice, step?: Step) =>
  way.slots === null ? scene.request(id, step) : scene.book(id, slotOf(choice), step);

function cancelledOutside(id: string): void {
  const kind = way.method === 'walk_in_test' ? 'patient_service_center' : 'phlebotomy';
  const appointment = scene.junction.appointment(id);
  const [reason] = CANCELLATION_REASONS;
  if (appointment && isActive(appointment)) scene.junction.appointments.cancel(id, kind, reason?.id ?? '');
}

async function deliver(webhook: unknown): Promise<void> {
  if (webhook === undefined) return;
  const bytes = Buffer.from(JSON.stringify(webhook));
  const { projection, table } = scene.context();
  const { orderId } = await receive(
    { table, quarantine: table, quarantineRetentionDays: 90 },
    bytes,
    scene.now,
  );
  const record = orderId ? await scene.readOrder(orderId) : null;
  if (record) await recompute(projection, record);
}

function assertOneActive(): void {
  const active = scene.activeAppointments;
  const twice = active.find((one, index) => active.indexOf(one) !== index);
  if (twice) throw new Error(`two active appointments: ${twice}`);
}

/** Junction refuses a second appointment at home itself, but it must never be asked for one. */
function assertNeverAsked(): void {
  const asked = scene.refusals.find((said) => said.includes('active appointment with this provider'));
  if (asked) throw new Error(`Junction was asked for a second appointment: ${asked}`);
}

/** Whoever books next is refused only if Junction has an appointment, and what was refused or booked is then known here. */
async function assertBookable(id: string): Promise<void> {
  const order = scene.junction.order(id);
  if (order?.status === 'cancelled') return;
  const isTaken = scene.activeAppointments.length > 0;
  const booked = await book(id, { slot: 5 }).then(
    () => true,
    ({ message }: Error) => (/active appointment/.test(message) ? false : message),
  );
  if (booked === isTaken) throw new Error(`${id} is ${isTaken ? 'taken' : 'free'} and was booked: ${booked}`);
  if (typeof booked === 'string' && !/no longer available/.test(booked)) throw new Error(`${id}: ${booked}`);
}

test('never two active appointments, a duplicate order, an unknown order, or a lost answer', async () => {
  await holdsFor(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(happening, { minLength: 3, maxLength: 14 }),
      fate,
      fc.record({ hidesEnded: fc.boolean(), way: fc.constantFrom(...WAYS) }),
      async (scheduler, happenings, fates, world) => {
        scene = new OrderingScene();
        scene.hidesEnded = world.hidesEnded;
        way = world.way;
        await findSlots();
        const history = new History(scheduler, fates);
        for (let key = 0; key < PLACED_BEFORE; key += 1) {
          history.learn(key, String((await scene.place(`key-${key}`, body())).order.id));
        }
        for (const one of happenings) {
          await history.happen(one);
          assertOneActive();
        }
        scene.junction.advance(61);
        for (let key = 0; key < ORDERS; key += 1) {
          const { order } = await scene.place(`key-${key}`, body());
          history.learn(key, String(order.id));
        }
        const placed = scene.ordersAtJunction.map(({ id }) => id).sort();
        const known = [...history.placed.values()].sort();
        if (placed.join() !== known.join()) throw new Error(`placed ${placed}, known ${known}`);
        for (const id of placed)
          if (!(await scene.readOrder(id))?.registered) throw new Error(`${id} is not here`);
        for (const id of placed) {
          await assertBookable(id);
          assertOneActive();
        }
        assertNeverAsked();
      },
    ),
    { numRuns: 60 },
  );
});

test('an appointment that was booked elsewhere counts as soon as its webhook is here', async () => {
  scene = new OrderingScene();
  await findSlots();
  const ids = [await scene.placed('one', 1), await scene.placed('other', 1)];
  const [own = '', other = ''] = ids;
  scene.junction.appointments.book(other, 'patient_service_center', {
    bookingKey: SLOTS.quest[0] ?? '',
    notes: null,
  });
  for (const webhook of [...scene.webhooks].reverse()) await deliver(webhook);
  await expect(scene.book(own, SLOTS.quest[1] ?? '')).rejects.toThrow(
    /active appointment with this provider/,
  );
  expect(scene.activeAppointments).toHaveLength(1);
});

test('of two bookings of a patient with one provider, in any order of their steps, one reaches Junction', async () => {
  await holdsFor(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      scene = new OrderingScene();
      await findSlots();
      const ids = [await scene.placed('one', 1), await scene.placed('other', 1)];
      const asked: string[] = [];
      const step: Step = async (what, of) => {
        await scheduler.schedule(Promise.resolve(), of);
        if (of.endsWith('/book')) asked.push(of);
        return what();
      };
      const booking = ids.map((id, index) =>
        scene.book(id, SLOTS.quest[index] ?? '', step).catch(() => null),
      );
      const booked = await scheduler.waitFor(Promise.all(booking));
      if (booked.filter((one) => one !== null).length !== 1 || asked.length !== 1) {
        throw new Error(`Junction was asked ${asked.length} times`);
      }
    }),
    { numRuns: 20 },
  );
});

test('an appointment at home counts, also if nobody knows who books there', async () => {
  scene = new OrderingScene();
  await findSlots();
  const [own, other] = [
    await scene.placed('one', 1, 'at_home_phlebotomy'),
    await scene.placed('other', 1, 'at_home_phlebotomy'),
  ];
  const step: Step = async (what, of) => {
    if (of.endsWith('/area/info')) throw new Error('no connection');
    return what();
  };
  await scene.book(own, SLOTS.home[0] ?? '', step);
  await expect(scene.book(other, SLOTS.home[1] ?? '', step)).rejects.toThrow(/active appointment with this/);
  expect(scene.refusals).toEqual([]);
});

/** A request that is killed at any step, before or after the step took effect, and what the next requests make of it. */
import { afterEach, expect, test } from 'vitest';
import { pollChangedOrders } from '../../../../core/use-cases/sweep/poll-changed-orders.ts';
import { inProcessApi } from '../../../../test/core/use-cases/sweep/scene/in-process-api.ts';
import { OrderingScene, requestOf, type Step } from './ordering-scene.ts';

/** Dies at a step, before it or after it took effect without an answer. Then nothing works any more. */
class Machine {
  steps = 0;
  readonly #diesAt: number;
  readonly #isDone: boolean;

  constructor(diesAt = Number.POSITIVE_INFINITY, isDone = false) {
    this.#diesAt = diesAt;
    this.#isDone = isDone;
  }

  step: Step = async (what) => {
    this.steps += 1;
    if (this.steps > this.#diesAt || (this.steps === this.#diesAt && !this.#isDone))
      throw new Error('killed');
    const answer = await what();
    if (this.steps >= this.#diesAt) throw new Error('killed');
    return answer;
  };
}

let scene: OrderingScene;
afterEach(() => scene.end());

/** A scene with two orders of one patient, and free times. */
async function twoOrders() {
  scene = new OrderingScene();
  const own = await scene.placed('own', 1);
  const other = await scene.placed('other', 1);
  const [time = '', otherTime = ''] = await scene.slots();
  return { own, other, time, otherTime };
}

/** Runs a request once undisturbed to count its steps, then for each step and both ways of dying there. */
async function killedAtEveryStep(
  prepare: () => Promise<(step: Step) => Promise<unknown>>,
  verify: (died: string) => Promise<void>,
): Promise<number> {
  const whole = new Machine();
  await (await prepare())(whole.step);
  for (let step = 1; step <= whole.steps; step += 1) {
    for (const isDone of [false, true]) {
      const machine = new Machine(step, isDone);
      const ended = await (await prepare())(machine.step).then(
        () => 'answered',
        () => 'died',
      );
      await verify(`${ended} at step ${step}, ${isDone ? 'after' : 'before'} it took effect`);
    }
  }
  return whole.steps;
}

test('an order is placed once, and both its ids are known, when the request is repeated', async () => {
  const body = requestOf(1);
  const steps = await killedAtEveryStep(
    async () => {
      scene = new OrderingScene();
      return (step) => scene.place('key', body, step);
    },
    async (died) => {
      scene.junction.advance(61);
      const { order, transactionId } = await scene.place('key', body);
      expect([died, scene.ordersAtJunction.map(({ id }) => id)]).toEqual([died, [order.id]]);
      const record = await scene.readOrder(String(order.id));
      expect([died, record?.claims.own?.transaction_id, record?.registered?.transaction_id]).toEqual([
        died,
        transactionId,
        transactionId,
      ]);
      expect((await scene.place('key', body)).order.id).toBe(order.id);
    },
  );
  expect(steps).toBeGreaterThan(8);
});

test('an order whose request is never repeated is found in the list of Junction', async () => {
  await killedAtEveryStep(
    async () => {
      scene = new OrderingScene();
      return (step) => scene.place('key', requestOf(1), step);
    },
    async (died) => {
      scene.junction.advance(900);
      const polling = {
        table: scene.memory,
        api: inProcessApi(scene.junction),
        teamId: null,
        every: 900_000,
        hasTime: () => true,
        onSkip: () => undefined,
      };
      await pollChangedOrders(polling, scene.now.toISOString().replace('Z', '000Z'));
      for (const { id, order_transaction } of scene.ordersAtJunction) {
        const record = await scene.readOrder(id);
        expect([died, record?.claims.own?.transaction_id]).toEqual([died, order_transaction?.id]);
      }
    },
  );
});

test('an appointment is known, and keeps the others out, when somebody books again', async () => {
  let orders: Awaited<ReturnType<typeof twoOrders>>;
  await killedAtEveryStep(
    async () => {
      orders = await twoOrders();
      return (step) => scene.book(orders.own, orders.time, step);
    },
    async (died) => {
      scene.junction.advance(61);
      const isBooked = scene.activeAppointments.length === 1;
      const second = await scene.book(orders.other, orders.otherTime).then(
        () => 'booked',
        ({ message }: Error) => message,
      );
      expect([died, second]).toEqual([
        died,
        isBooked
          ? 'The patient has an active appointment with this provider for another order. Nothing was booked.'
          : 'booked',
      ]);
      expect([died, scene.activeAppointments.length]).toEqual([died, 1]);
      const known = [
        ...((await scene.readOrder(orders.own))?.appointments ?? []),
        ...((await scene.readOrder(orders.other))?.appointments ?? []),
      ];
      expect([died, known.map(({ status }) => status)]).toEqual([died, ['confirmed']]);
    },
  );
});

test('a cancelled order is known as cancelled when it is cancelled again', async () => {
  let id = '';
  await killedAtEveryStep(
    async () => {
      scene = new OrderingScene();
      id = await scene.placed('own', 1);
      return (step) => scene.cancel(id, step);
    },
    async (died) => {
      await scene.cancel(id).catch(({ message }: Error) => expect(message).toMatch(/already cancelled/));
      const record = await scene.readOrder(id);
      expect([died, record?.events.at(-1)?.status]).toEqual([died, 'cancelled.walk_in_test.cancelled']);
    },
  );
});

test('a cancelled appointment is known as cancelled, and its provider free, when it is cancelled again', async () => {
  let orders: Awaited<ReturnType<typeof twoOrders>>;
  await killedAtEveryStep(
    async () => {
      orders = await twoOrders();
      await scene.book(orders.own, orders.time);
      return (step) => scene.cancelAppointment(orders.own, step);
    },
    async (died) => {
      const { record } = await scene.cancelAppointment(orders.own);
      expect([died, record.appointments.map(({ status }) => status)]).toEqual([died, ['cancelled']]);
      await scene.book(orders.other, orders.otherTime);
      expect([died, scene.activeAppointments.length]).toEqual([died, 1]);
    },
  );
});

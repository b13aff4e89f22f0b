import { describe, expect, test } from 'vitest';
import { journey } from '../../journeys/journeys.ts';
import { junction } from '../../junction/junction.ts';
import { type PopulationOptions, population } from '../../population.ts';
import { start } from '../running-sandbox.ts';

const from = new Date('2026-02-01T00:00:00Z');
const to = new Date('2026-03-03T00:00:00Z');
const month = (seed: number, count: number, options: Partial<PopulationOptions> = {}) =>
  population(seed, count, { from, to, ...options });

/** Everything is counted once here, because generating a month takes seconds. */
const many = month(1, 3_000, { redraws: 0.2, lose: 0.02 });
const courses = many.redraws();

describe('a month of three thousand journeys', () => {
  test('has the requested share of redraws, and the default share of stalls among them', () => {
    expect(courses.length / many.size).toBeCloseTo(0.2, 1);
    const stalled = courses.filter(({ stall }) => stall !== null);
    expect(stalled.length / courses.length).toBeCloseTo(0.35, 1);
  });

  test('has stalls at every stage, permanent and temporary', () => {
    const kinds = courses.flatMap(({ stall }) => (stall ? [`${stall.stage} ${stall.until !== null}`] : []));
    const stages = ['order', 'requisition', 'appointment', 'draw', 'result'].map((one) => `awaiting_${one}`);
    for (const stage of stages) {
      for (const movesOn of [true, false]) {
        const same = kinds.filter((kind) => kind === `${stage} ${movesOn}`);
        expect(same.length, `${stage}, moves on: ${movesOn}`).toBeGreaterThan(8);
      }
    }
  });

  test('has beginnings on every day of the month', () => {
    const days = new Map<string, number>();
    for (const { snapshots } of many) {
      const day = snapshots[0]?.at.slice(0, 10) ?? '';
      days.set(day, (days.get(day) ?? 0) + 1);
    }
    expect([...days.keys()].sort()[0]).toBe('2026-02-01');
    expect([...days.keys()].sort().at(-1)).toBe('2026-03-02');
    expect(days.size).toBe(30);
    for (const count of days.values()) expect(count).toBeGreaterThan(60);
  });

  test('has the requested share of lost webhooks', () => {
    let lost = 0;
    let sent = 0;
    for (const one of many) {
      lost += one.lost.length;
      sent += one.snapshots.length;
    }
    expect(lost / sent).toBeGreaterThan(0.015);
    expect(lost / sent).toBeLessThan(0.025);
  });
});

describe('deliveries', () => {
  const few = month(2, 150, { lose: 0.05, late: 0.1, duplicate: 0.1 });
  const deliveries = [...few.deliveries()];

  test('arrive in order of time, not before they were sent', () => {
    const times = deliveries.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    const sentAt = new Map<string, number>();
    for (const { snapshots } of few) {
      for (const { at, payload } of snapshots) sentAt.set(JSON.stringify(payload), Date.parse(at));
    }
    for (const { at, body } of deliveries) {
      expect(Date.parse(at)).toBeGreaterThan(sentAt.get(body) ?? Infinity);
    }
  });

  test('are all except the lost ones, some late and some twice', () => {
    const bodies = new Set(deliveries.map(({ place, body }) => `${place} ${body}`));
    const expected = [...few].flatMap(({ place, snapshots, lost }) =>
      snapshots.flatMap(({ payload }, index) =>
        lost.includes(index) ? [] : [`${place} ${JSON.stringify(payload)}`],
      ),
    );
    expect(bodies).toEqual(new Set(expected));
    expect(deliveries.length).toBeGreaterThan(expected.length);
    const ids = deliveries.map(({ svixId }) => svixId);
    expect(new Set(ids).size).toBe(expected.length);
    expect(few.journey(deliveries[0]?.place ?? -1).name).toBe(deliveries[0]?.journey);
  });

  test('are generated on demand: the first costs no more than the plan', () => {
    const { value } = month(3, 40).deliveries().next();
    expect(value).toMatchObject({ at: expect.stringMatching(/^2026-02/), body: expect.any(String) });
  });
});

describe('a pure function', () => {
  const text = (seed: number, options: Partial<PopulationOptions> = {}) =>
    JSON.stringify([...month(seed, 30, options).deliveries()]);

  test('of its seed and options', () => {
    expect(text(1)).toBe(text(1));
    expect(text(1)).not.toBe(text(2));
  });

  test('a journey generated alone equals the one in the sequence', () => {
    const some = month(4, 20);
    const row = [...some];
    for (const place of [7, 3, 19, 7]) {
      expect(JSON.stringify(some.journey(place))).toBe(JSON.stringify(row[place]));
    }
    const [one] = row;
    if (!one) throw new Error('nobody');
    const startAt = new Date(one.known[0]?.at ?? one.snapshots[0]?.at ?? '');
    expect(journey(one.script, one.seed, { startAt }).snapshots.length).toBe(one.snapshots.length);
    expect(() => some.journey(20)).toThrow(RangeError);
  });

  test('has the spellings and patients of journeys', () => {
    const marked = text(1, { spelling: 'documented', patient: { marker: 'CANARY-9' } });
    expect(marked).toContain('CANARY-9');
    expect(marked).not.toContain('order_status_updated');
  });

  test('of a month that ends before it begins is empty', () => {
    expect(() => population(1, 10, { from: to, to: from })).toThrow(RangeError);
  });
});

describe('the API of a population', () => {
  const few = month(6, 120, { redraws: 0.5 });

  test('gives the same answers as with all journeys in memory, at any time', () => {
    const lazy = junction(few);
    const kept = junction([...few]);
    for (const day of ['2026-02-03', '2026-02-14', '2026-03-01', '2026-04-20']) {
      lazy.setClock(new Date(`${day}T12:00:00Z`));
      kept.setClock(new Date(`${day}T12:00:00Z`));
      for (const { stages } of few.redraws()) {
        const id = stages[0]?.transactionId ?? '';
        expect(lazy.transaction(id)).toEqual(kept.transaction(id));
        expect(lazy.transactionResults(id)).toEqual(kept.transactionResults(id));
        for (const order of kept.transaction(id)?.orders ?? []) {
          expect(lazy.order(order.id)).toEqual(kept.order(order.id));
        }
      }
    }
  });

  test('knows nothing before its clock', async () => {
    const { client, sandbox } = await start({ journeys: few });
    const total = async (time: Date) => {
      sandbox.junction.setClock(time);
      return (await client.labTests.getOrders({ size: 1 })).total ?? 0;
    };
    expect(await total(from)).toBe(0);
    const half = await total(new Date((from.getTime() + to.getTime()) / 2));
    const all = await total(new Date('2026-06-01T00:00:00Z'));
    expect(half).toBeGreaterThan(20);
    expect(all).toBeGreaterThan(half);
  });
});

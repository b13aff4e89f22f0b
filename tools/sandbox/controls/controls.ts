import * as z from 'zod';
import { type ApiAnswer, type ApiRequest, answered, faultsOf, ok, refused } from '../api/api.ts';
import { SCRIPTS } from '../journeys/catalogue.ts';
import { journey } from '../journeys/journeys.ts';
import type { Junction } from '../junction/junction.ts';
import { spellTime } from '../time.ts';
import { DELIVERY_FAULTS, type DeliveryFaultRule, type DeliveryFaults } from '../webhooks/delivery-faults.ts';
import { endpointSchema } from '../webhooks/endpoint.ts';
import type { Outbox } from '../webhooks/outbox.ts';
import { FAULTS, type FaultRule, type Faults } from './faults.ts';
import type { RequestLog } from './request-log.ts';

export interface Controlled {
  junction: Junction;
  faults: Faults;
  deliveryFaults: DeliveryFaults;
  outbox: Outbox;
  log: RequestLog;
}

type Control = (controlled: Controlled, request: ApiRequest, id?: string) => ApiAnswer;

const clockSchema = z.union([
  z.strictObject({ now: z.union([z.iso.datetime({ offset: true }), z.null()]) }),
  z.strictObject({
    advanceSeconds: z
      .int()
      .min(1)
      .max(400 * 86_400),
  }),
]);

const journeySchema = z.strictObject({
  script: z.enum(SCRIPTS),
  seed: z.int().optional(),
  spelling: z.enum(['documented', 'mixed']).default('documented'),
});

const CONTROLS: Record<string, Control> = {
  'GET state': (controlled) => ok(stateOf(controlled)),
  'POST faults': ({ faults }, { body }) => ({ status: 201, body: faults.add(body as FaultRule) }),
  'GET faults': ({ faults }) => ok({ faults: faults.list() }),
  'DELETE faults': ({ faults }, _, id) => ok({ cleared: faults.clear(id) }),
  'POST delivery-faults': ({ deliveryFaults }, { body }) => ({
    status: 201,
    body: deliveryFaults.add(body as DeliveryFaultRule),
  }),
  'GET delivery-faults': ({ deliveryFaults }) => ok({ faults: deliveryFaults.list() }),
  'DELETE delivery-faults': ({ deliveryFaults }, _, id) => ok({ cleared: deliveryFaults.clear(id) }),
  'POST release': ({ outbox }) => ok({ released: outbox.release() }),
  'PUT endpoint': ({ outbox }, { body }) => {
    outbox.endpoint = endpointSchema.parse(body);
    outbox.enable();
    return ok({ url: outbox.endpoint.url });
  },
  'POST match-reviews': ({ junction }, _, id = '') => {
    junction.reviews.giveBack(id);
    return ok({ returned: id });
  },
  'POST journeys': startJourney,
  'POST clock': setClock,
  'GET requests': ({ log }) => ok({ counts: log.counts(), last: log.entries().slice(-100) }),
  'DELETE requests': ({ log }) => {
    log.clear();
    return ok({ counts: log.counts(), last: [] });
  },
};

/** Whether this is a route that Junction does not have. */
export function isControl({ path }: ApiRequest): boolean {
  return path.startsWith('/sandbox/');
}

/** The routes that Junction does not have: `/sandbox/…` starts journeys, adds faults, moves the clock and lists requests. */
export function control(controlled: Controlled, request: ApiRequest): ApiAnswer {
  const [, , subject = '', id] = request.path.split('/');
  const run = CONTROLS[`${request.method} ${subject}`];
  if (!run) return unknown(subject);
  try {
    return answered(() => run(controlled, request, id));
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    return { status: 422, body: { detail: faultsOf(error) } };
  }
}

function unknown(subject: string): ApiAnswer {
  const methods = Object.keys(CONTROLS).flatMap((name) => {
    const [method = '', known] = name.split(' ');
    return known === subject ? [method] : [];
  });
  if (methods.length > 0) return refused(405, `Allowed: ${methods.join(', ')}`);
  const subjects = new Set(Object.keys(CONTROLS).map((name) => `/sandbox/${name.split(' ')[1]}`));
  return refused(404, `The sandbox has ${[...subjects].join(', ')}`);
}

function setClock({ junction }: Controlled, { body }: ApiRequest): ApiAnswer {
  const change = clockSchema.parse(body);
  if ('advanceSeconds' in change) junction.advance(change.advanceSeconds);
  else junction.setClock(change.now === null ? null : new Date(change.now));
  return ok({ now: spellTime(junction.now()) });
}

function startJourney({ junction }: Controlled, { body }: ApiRequest): ApiAnswer {
  const { script, spelling, seed = Math.floor(Math.random() * 2 ** 31) } = journeySchema.parse(body);
  const startAt = new Date(Math.ceil(junction.now() / 1_000_000) * 1000);
  const told = journey(script, seed, { startAt, spelling });
  junction.play(told);
  const orderIds = [...new Set(told.known.map(({ facts }) => facts.orderId))];
  const transactionId = told.known[0]?.facts.transactionId ?? null;
  const webhooks = told.snapshots.map(({ at, eventType }) => ({ at, eventType }));
  return { status: 201, body: { script, seed, orderIds, transactionId, webhooks } };
}

/** The state shown on the page. */
function stateOf({ junction, faults, deliveryFaults, outbox, log }: Controlled) {
  const { next } = junction.agenda;
  return {
    now: spellTime(junction.now()),
    running: junction.isRunning(),
    next: next === null ? null : spellTime(next),
    endpoint: outbox.endpoint && { url: outbox.endpoint.url },
    disabled: outbox.isDisabled,
    failingSince: outbox.failingSince,
    scripts: SCRIPTS,
    kinds: { api: FAULTS, delivery: DELIVERY_FAULTS },
    faults: faults.list(),
    deliveryFaults: deliveryFaults.list(),
    messages: outbox.messages().slice(-100),
    requests: log.details(),
  };
}

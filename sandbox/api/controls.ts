import * as z from 'zod';
import { type ApiAnswer, type ApiRequest, ok, refused } from './api.ts';
import type { FaultRule, Faults } from './faults.ts';
import type { Junction } from './junction.ts';
import type { RequestLog } from './request-log.ts';

export interface Controlled {
  junction: Junction;
  faults: Faults;
  log: RequestLog;
}

const clock = z.strictObject({ now: z.union([z.iso.datetime({ offset: true }), z.null()]) });

/**
 * Routes that Junction does not have: `/sandbox/…` adds faults, sets the clock and lists requests. Null for any other
 * path.
 */
export function control(controlled: Controlled, request: ApiRequest): ApiAnswer | null {
  if (!request.path.startsWith('/sandbox/')) return null;
  const [, , subject, id] = request.path.split('/');
  try {
    if (subject === 'faults') return controlFaults(controlled.faults, request, id);
    if (subject === 'clock' && request.method === 'POST') return setClock(controlled, request.body);
    if (subject === 'requests') return controlLog(controlled.log, request);
    return refused(404, 'The sandbox has /sandbox/faults, /sandbox/clock and /sandbox/requests');
  } catch (error) {
    if (!(error instanceof z.ZodError)) throw error;
    const detail = error.issues.map(({ path, message, code }) => ({
      loc: ['body', ...path.map(String)],
      msg: message,
      type: code,
    }));
    return { status: 422, body: { detail } };
  }
}

function controlFaults(faults: Faults, { method, body }: ApiRequest, id?: string): ApiAnswer {
  if (method === 'POST') return { status: 201, body: faults.add(body as FaultRule) };
  if (method === 'DELETE') return ok({ cleared: faults.clear(id) });
  if (method === 'GET') return ok({ faults: faults.list() });
  return refused(405, 'GET, POST or DELETE');
}

function setClock({ junction }: Controlled, body: unknown): ApiAnswer {
  const { now } = clock.parse(body);
  junction.setClock(now === null ? null : new Date(now));
  return ok({ now });
}

function controlLog(log: RequestLog, { method }: ApiRequest): ApiAnswer {
  if (method === 'DELETE') log.clear();
  else if (method !== 'GET') return refused(405, 'GET or DELETE');
  return ok({ counts: log.counts(), last: log.entries().slice(-100) });
}

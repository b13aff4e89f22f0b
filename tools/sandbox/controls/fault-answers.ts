import type { ApiAnswer } from '../api/api.ts';
import type { ActiveFault, FaultName } from './faults.ts';

const PAGE =
  '<!doctype html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>\n';

/** The faults after which the response is correct. */
type Correct = 'slow' | 'late_answer' | 'slot_taken';

type Wrong = Exclude<FaultName, Correct | 'reset'>;

const ANSWERS: Record<Wrong, (right: () => ApiAnswer, path: string) => ApiAnswer> = {
  too_many_requests: () => ({ status: 429, body: { detail: 'Too many requests' } }),
  unavailable: () => ({ status: 503, body: { detail: 'Service temporarily unavailable' } }),
  // https://docs.junction.com/lab/walk-in/psc-appointment-errors
  not_enabled: (_, path) =>
    path.includes('/unmatched_result')
      ? { status: 400, body: { detail: 'Unmatched results are not enabled for this team' } }
      : { status: 503, body: { detail: 'PSC appointment scheduling is not enabled' } },
  malformed_json: (right) => {
    const text = JSON.stringify(right().body);
    return raw(200, 'application/json', text.slice(0, Math.ceil(text.length / 2)));
  },
  wrong_shape: () => ({ status: 200, body: { data: [{ object: 'list', has_more: 'no' }], orders: 'none' } }),
  html_page: () => raw(502, 'text/html', PAGE),
  html_ok: () => raw(200, 'text/html', PAGE),
  empty_body: () => raw(200, 'application/json', ''),
};

/** The response with this fault; null if the connection is reset. */
export function faultyAnswer(fault: ActiveFault, right: () => ApiAnswer, path: string): ApiAnswer | null {
  if (fault.fault === 'reset') return null;
  if (isCorrect(fault.fault)) return right();
  const answer = ANSWERS[fault.fault](right, path);
  if (fault.retryAfter === undefined) return answer;
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(fault.retryAfter) } };
}

function isCorrect(fault: Exclude<FaultName, 'reset'>): fault is Correct {
  return !(fault in ANSWERS);
}

function raw(status: number, type: string, text: string): ApiAnswer {
  return { status, body: Buffer.from(text), headers: { 'content-type': type } };
}

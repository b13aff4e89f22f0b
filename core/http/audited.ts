import type { AuditEntry, AuditTrail } from '../audit/audit-entry.ts';
import type { Caller } from '../domain/caller.ts';
import { Problem } from './problem.ts';
import type { Answer, AuditOf, RawRequest } from './route.ts';
import { shownResults } from './shown-results.ts';

/** The audit trail did not take an entry. */
class AuditTrailUnavailable extends Error {
  override readonly name = 'AuditTrailUnavailable';
}

/** A request to a function that has an audit trail. */
export interface TrailedRequest {
  readonly request: RawRequest;
  /** API Gateway's route key and request id. */
  readonly route: string;
  readonly requestId: string | null;
}

export interface AuditedRequest extends TrailedRequest {
  readonly audit: AuditOf;
}

export interface Auditing {
  readonly trail: AuditTrail;
  /** Receives the reason if an entry could not be written. */
  readonly report: (error: unknown) => void;
  /** The status that the caller gets for an error. */
  readonly statusOf: (error: unknown) => number;
}

const UNKNOWN: Caller = { subject: null, client_id: null, name: null };

/**
 * Answers a request and writes the caller, the request and its result to the audit trail, for each object of the request.
 *
 * A request that reads is answered only after its entry is stored. A request that changes something begins only after a
 * first entry is stored, so that no change is ever missing from the trail. If the second entry fails, the caller still
 * gets the answer, because the change is done.
 *
 * @throws Problem 403 if the token does not say who asks, 503 if the trail does not take an entry
 */
export async function audited(
  auditing: Auditing,
  asked: AuditedRequest,
  respond: () => Promise<Answer>,
): Promise<Answer> {
  const { changes, objectsOf, resultsIn } = asked.audit;
  const known = callerOf(asked.request);
  const about = { action: asked.audit.action, ...commonFields(asked, known ?? UNKNOWN) };
  const objects = objectsOf(asked.request);
  const begun = objects.map((object) => ({ ...about, ...object, outcome: 'started' as const, status: null }));
  if (changes && known && !(await writeEntries(auditing, begun))) {
    throw unavailable('nothing was changed');
  }
  const { status, answer, error } = await outcomeOf(auditing, asked.request, respond);
  const results = answer ? resultsIn(answer) : [];
  // If the request does not name its objects, only the response does.
  const ends = results.length > objects.length ? results : objects;
  const ended = ends.map((_, at) => {
    const ending = { status, ...results[at] };
    return { ...about, ...objects[at], ...ending, outcome: endOf(ending.status) };
  });
  const isWritten = await writeEntries(auditing, ended);
  if (!isWritten && !changes) throw unavailable('nothing is shown');
  if (answer) return answer;
  throw error;
}

/**
 * Writes an entry for each result that the answer says something about. The answer of a change is withheld too if the trail does
 * not take them.
 *
 * @throws Problem 503 if it does not
 */
export async function auditShownResults(
  auditing: Auditing,
  asked: TrailedRequest,
  answer: Answer,
): Promise<Answer> {
  const shown = shownResults(answer);
  if (shown.length === 0) return answer;
  const about = commonFields(asked, asked.request.identity());
  const status = answer.statusCode ?? 200;
  const entries = shown.map((result) => ({ ...result, ...about, status, outcome: endOf(status) }));
  if (!(await writeEntries(auditing, entries))) throw unavailable('nothing is shown');
  return answer;
}

function endOf(status: number): AuditEntry['outcome'] {
  if (status < 400) return 'success';
  return status < 500 ? 'refused' : 'failed';
}

interface Outcome {
  readonly status: number;
  /** Undefined if the request was refused or failed. */
  readonly answer?: Answer;
  readonly error?: unknown;
}

async function outcomeOf(
  { statusOf }: Auditing,
  { identity }: RawRequest,
  respond: () => Promise<Answer>,
): Promise<Outcome> {
  try {
    identity();
    const answer = await respond();
    return { status: answer.statusCode ?? 200, answer };
  } catch (error) {
    return { status: statusOf(error), error };
  }
}

function callerOf({ identity }: RawRequest): Caller | null {
  try {
    return identity();
  } catch {
    return null;
  }
}

/** The fields that all entries of a request have. */
function commonFields({ route, requestId }: TrailedRequest, caller: Caller) {
  return { ...caller, route, request_id: requestId };
}

/** @returns whether the entries are stored */
async function writeEntries({ trail, report }: Auditing, entries: readonly AuditEntry[]): Promise<boolean> {
  try {
    await trail.write(entries);
    return true;
  } catch (cause) {
    const said = entries.map(
      ({ action, outcome, request_id }) => `${action} ${outcome} of request ${request_id}`,
    );
    report(new AuditTrailUnavailable(`${[...new Set(said)].join(', ')}: ${cause}`, { cause }));
    return false;
  }
}

function unavailable(consequence: string): Problem {
  const detail = `The audit trail is currently unavailable, so ${consequence}. Try again.`;
  return new Problem(503, detail, { 'retry-after': '5' });
}

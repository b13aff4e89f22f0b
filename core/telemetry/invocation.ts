import { AsyncLocalStorage } from 'node:async_hooks';

/** The ids in every log line of an invocation. */
interface InvocationIds {
  /** Lambda's id of the invocation. Lambda's own lines about it have the same id. */
  readonly request_id: string;
  /**
   * The id of what caused the current work: of the webhook message, the API request or the scheduled run that it began
   * with. Each write stores it, so that whatever processes the write can log it too.
   */
  correlation_id: string;
}

const current = new AsyncLocalStorage<InvocationIds>();

/** The ids of the current invocation; none outside of an invocation. */
export const invocationIds = (): Readonly<Partial<InvocationIds>> => current.getStore() ?? {};

/** The id of what caused the current work. */
export const correlationId = (): string | undefined => current.getStore()?.correlation_id;

/** Names what caused the work from now on; without an id, the work began with this invocation. */
export function correlateWith(id: string | undefined): void {
  const ids = current.getStore();
  if (ids) ids.correlation_id = id ?? ids.request_id;
}

/** Does work that was caused by this id beside other work of the invocation; without an id, the work began with the invocation. */
export function causedBy<Result>(id: string | undefined, work: () => Result): Result {
  const ids = current.getStore();
  return ids ? current.run({ ...ids, correlation_id: id ?? ids.request_id }, work) : work();
}

/**
 * A handler whose log lines carry the ids of the invocation.
 *
 * @param causeOf the id of what caused the whole invocation; by default, the invocation is its own cause
 */
export function identified<Event, Context extends { readonly awsRequestId: string }, Result>(
  handle: (event: Event, context: Context) => Result,
  causeOf: (event: Event) => string | undefined = () => undefined,
): (event: Event, context: Context) => Result {
  return (event, context) => {
    const request_id = context.awsRequestId;
    const ids = { request_id, correlation_id: causeOf(event) ?? request_id };
    return current.run(ids, () => handle(event, context));
  };
}

/** API Gateway's id of a request, which is also in its access log. */
export function apiRequestId(event: {
  readonly requestContext?: { readonly requestId?: string };
}): string | undefined {
  return event.requestContext?.requestId;
}

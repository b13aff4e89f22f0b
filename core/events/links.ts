/** Where links of events lead: URLs without a slash at the end. */
export interface LinkTargets {
  /** Null if there is no dashboard. */
  readonly dashboard: string | null;
  readonly api: string;
}

/** What an event can be about. */
interface Subject {
  readonly transaction_id?: string | null;
  readonly order_id?: string;
  readonly match_review_id?: string;
}

/** The page and the resource of what an event is about. */
export function linksOf(subject: Subject, { dashboard, api }: LinkTargets): LinkTargets {
  const [page, resource] = pathsOf(subject);
  return { dashboard: dashboard && `${dashboard}${page}`, api: `${api}${resource}` };
}

function pathsOf({ transaction_id, order_id, match_review_id }: Subject): readonly [string, string] {
  if (transaction_id) {
    const path = `/transactions/${encodeURIComponent(transaction_id)}`;
    return [path, `/v1${path}`];
  }
  if (order_id) {
    const id = encodeURIComponent(order_id);
    return [`/search?q=${id}`, `/v1/orders/${id}`];
  }
  if (match_review_id) return ['/match-reviews', '/v1/match-reviews?state=open'];
  return ['/', '/v1/redraws?state=open'];
}

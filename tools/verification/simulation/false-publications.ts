/** What a history publishes, judged by what was received before, and by what Junction would have answered where it was asked. */
import { instantOfStamp } from '../../../core/domain/instant.ts';
import { idIn, isOfKind } from '../../../core/store/table-layout.ts';
import { publicationsOf } from '../convergence/publications-of.ts';
import type { Change } from '../memory-table/memory-table.ts';
import { asRegistration } from '../model/stated-facts.ts';
import { expectedState } from '../oracle/oracle.ts';
import { PublicationJudge } from '../oracle/publications/judge.ts';
import type { Publication } from '../oracle/publications/publication.ts';
import type { Fact, Registration } from '../oracle/reading/facts.ts';
import { readDelivery } from '../oracle/reading/payload.ts';
import type { History } from './history.ts';

/**
 * News that something is over. The facts of these histories are random, so the orders of a transaction come and go on the way:
 * every other publication is judged in the journeys and worlds.
 */
const ENDS = ['Transaction Completed', 'Transaction Cancelled', 'Redraw Needs Decision', 'Order Failed'];
/** Flags, which wait for a check. */
const FLAGS = ['Redraw Stale', 'Order Stalled'];

export class FalsePublications {
  readonly #history: History;
  readonly #judge: PublicationJudge;
  /** What Junction's API answered, as the table had it at some time. */
  readonly #answers = new Map<string, Fact>();
  /** By order, the accepted registrations, oldest first. */
  readonly #registrations = new Map<string, Registration[]>();

  constructor(history: History) {
    this.#history = history;
    // What comes is another question: nobody has to wait for it longer than a quarter of an hour.
    this.#judge = new PublicationJudge([], { hasKey: history.hasApiKey });
  }

  /** Notes what a change states, and returns why something that it publishes is false. */
  after(change: Change): string[] {
    const { after } = change;
    if (after && isOfKind('ORDER', after.sk)) this.#note(after);
    if (!after || !isOfKind('TX', after.sk)) return [];
    const published = publicationsOf(change).filter(({ type }) => [...ENDS, ...FLAGS].includes(type));
    if (published.length === 0) return [];
    const { received, underway } = this.#history.heard;
    const registrations = [...this.#registrations].flatMap(([order, all]) =>
      // Each replaces the one before. The transactions can still have that one.
      underway.has(order) ? all : all.slice(-1),
    );
    const known = [...received, ...this.#answers.values(), ...registrations];
    if (isWaitedForNoLonger(after) || dependsOnSweeps(known)) return [];
    const orders = Object.keys(after.contributions ?? {});
    return published.flatMap((publication) =>
      FLAGS.includes(publication.type)
        ? this.#faultOfCheck(publication, orders)
        : one(this.#judge.faultOf(publication, known, underway)),
    );
  }

  #note(item: NonNullable<Change['after']>): void {
    const answer = item.answer as { readonly at: string; readonly transaction?: string } | undefined;
    const told = answer && this.#history.junction.answerAbout(idIn('ORDER', item), instantOfStamp(answer.at));
    const fact =
      told && (answer.transaction === undefined ? told : { ...told, askedFor: answer.transaction });
    if (fact) this.#answers.set(JSON.stringify(fact), fact);
    if (item.registered === undefined) return;
    const registration = asRegistration(item);
    const before = this.#registrations.get(registration.orderId) ?? [];
    if (JSON.stringify(before.at(-1)) === JSON.stringify(registration)) return;
    this.#registrations.set(registration.orderId, [...before, registration]);
  }

  /** A flag that says that Junction was asked must agree with what Junction answered then, if it can tell of every order. */
  #faultOfCheck(publication: Publication, orders: readonly string[]): string[] {
    const { detail } = publication;
    if (detail.unchecked !== false) return [];
    const at = String(detail.stale_since ?? detail.stalled_since);
    const answers = orders.flatMap((order) => this.#history.junction.answerAt(order, at) ?? []);
    return answers.length < orders.length ? [] : one(this.#judge.faultOfCheck(publication, answers));
  }
}

const one = (fault: string | null) => (fault === null ? [] : [fault]);

/** After a quarter of an hour, a sweep has asked for what is missing, or could not. */
function isWaitedForNoLonger({ incomplete }: NonNullable<Change['after']>): boolean {
  return (incomplete as { readonly released?: true } | undefined)?.released === true;
}

/** What lies in the future, or contradicts an answer, counts from some sweep on. */
function dependsOnSweeps(facts: readonly Fact[]): boolean {
  const hasFuture = facts.some((fact) => {
    const payload = 'body' in fact ? readDelivery(fact) : null;
    return payload?.kind === 'order' && payload.future.length > 0;
  });
  return (
    hasFuture || [...expectedState(facts).corrections.values()].some(({ questions }) => questions.length > 0)
  );
}

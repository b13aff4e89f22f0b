/**
 * The judge of publications: what is said on the way cannot be taken back. A publication is false if no state that follows
 * from what was received before it is what it says, or if what was received names an order that then refutes it.
 * It knows nothing of how the product decides when to publish.
 */
import { expectedStates } from '../oracle.ts';
import type { Fact, OrderPayload } from '../reading/facts.ts';
import { readDelivery } from '../reading/payload.ts';
import { type Circumstances, resolved } from '../rules.ts';
import type { ExpectedTransaction } from '../transaction/transaction-truth.ts';
import { isMarkedRight, mustBeHistory } from './history.ts';
import { isAboutEnd, isNewsRight, isRight, type Publication, subjectOf } from './publication.ts';
import { untoldIn } from './untold.ts';

/** What follows from a set of facts. */
interface Standing {
  /** A transaction as it is right; several if ties leave a choice. */
  right: (id: string) => (ExpectedTransaction | undefined)[];
  /** The transactions of which a list names more than was told. */
  untold: Set<string>;
}

/** Up to so many facts to come, every part of them is tried as the future. */
const FEW = 6;
/** With more facts that may count or not, a publication is not judged. */
const MANY = 8;

export class PublicationJudge {
  readonly #truth: readonly Fact[];
  readonly #circumstances: Circumstances;
  readonly #numbers = new WeakMap<Fact, number>();
  readonly #byText = new Map<string, number>();
  readonly #standings = new Map<string, Standing>();

  /** @param truth all facts: those received so far, and those that come */
  constructor(truth: readonly Fact[], circumstances: Circumstances = {}) {
    this.#truth = truth;
    this.#circumstances = circumstances;
  }

  /**
   * Why a publication is false; null if it is not.
   *
   * @param underway orders of which the transactions do not know everything yet: what names them may count or not
   */
  faultOf(publication: Publication, received: readonly Fact[], underway: ReadonlySet<string>): string | null {
    const id = subjectOf(publication);
    if (id === null) return null;
    const [settled = [], others = []] = split(this.#different(received), (fact) =>
      ordersNamedIn(fact).every((order) => !underway.has(order)),
    );
    // That many selections of them cannot be tried.
    if (others.length > MANY) return null;
    const holds = others.length === 0 ? isRight : isNewsRight;
    const known = partsOf(others).map((part) => [...settled, ...part]);
    const holding = known.filter((facts) => this.#shows(facts, id, (right) => holds(publication, right)));
    if (holding.length === 0) return `${publication.type} of ${id} is refuted by what was received before`;
    if (!holding.some((facts) => this.#isMarkedRight(publication, id, facts))) {
      const { historical } = publication.detail;
      return `${publication.type} of ${id} is marked wrongly: historical is ${historical}`;
    }
    return holding.every((facts) => this.#isRefutedLater(facts, publication, id))
      ? `${publication.type} of ${id} is refuted by an order that was named before`
      : null;
  }

  /**
   * Why a publication that waits for a check is false; null if it is not.
   *
   * @param answers what Junction answers about every order of the transaction
   */
  faultOfCheck(publication: Publication, answers: readonly Fact[]): string | null {
    const id = subjectOf(publication);
    const right =
      id === null
        ? []
        : this.#standing(answers)
            .right(id)
            .filter((one) => one !== undefined);
    return right.length === 0 || right.some((one) => isNewsRight(publication, one))
      ? null
      : `${publication.type} of ${id} is refuted by what Junction answers`;
  }

  /** Since when the service watches; undefined if nothing is history. */
  get watchingSince(): string | undefined {
    return this.#circumstances.watchingSince;
  }

  #isMarkedRight(publication: Publication, id: string, facts: readonly Fact[]): boolean {
    const since = this.watchingSince;
    if (since === undefined) return publication.detail.historical !== true;
    if (!publication.detail.historical && mustBeHistory(publication, facts, since)) return false;
    return this.#shows(facts, id, (right) => isMarkedRight(publication, right, since));
  }

  #shows(facts: readonly Fact[], id: string, holds: (right: ExpectedTransaction) => boolean): boolean {
    return this.#standing(facts)
      .right(id)
      .some((right) => right !== undefined && holds(right));
  }

  /** Whether an order that was named, once it tells itself, never leaves the news of an end true. */
  #isRefutedLater(facts: readonly Fact[], publication: Publication, id: string): boolean {
    if (!isAboutEnd(publication) || !this.#standing(facts).untold.has(id)) return false;
    const told = this.#futures(facts).filter((future) => !this.#standing(future).untold.has(id));
    const isRefuted = !told.some((future) =>
      this.#shows(future, id, (right) => isNewsRight(publication, right)),
    );
    // If no order ever tells it, nobody learns the truth.
    return told.length > 0 && isRefuted;
  }

  #futures(facts: readonly Fact[]): Fact[][] {
    const coming = this.#truth.filter((fact) => !facts.includes(fact));
    const next = coming.map((fact) => [fact]);
    const upTo = coming.map((_, index) => coming.slice(0, index + 1));
    const parts = coming.length > FEW ? [...next, ...upTo] : partsOf(coming);
    return parts.map((part) => [...facts, ...part]);
  }

  #standing(facts: readonly Fact[]): Standing {
    const key = [...new Set(facts.map((fact) => this.#numberOf(fact)))].sort((a, b) => a - b).join();
    const known = this.#standings.get(key) ?? this.#read(facts);
    this.#standings.set(key, known);
    return known;
  }

  #different(facts: readonly Fact[]): Fact[] {
    return [...new Map(facts.map((fact) => [this.#numberOf(fact), fact])).values()];
  }

  /** Facts that say the same have the same number. */
  #numberOf(fact: Fact): number {
    const known = this.#numbers.get(fact);
    if (known !== undefined) return known;
    const text = JSON.stringify(fact);
    const number = this.#byText.get(text) ?? this.#byText.size;
    this.#byText.set(text, number);
    this.#numbers.set(fact, number);
    return number;
  }

  #read(facts: readonly Fact[]): Standing {
    const { rules } = resolved(this.#circumstances);
    const states = [...expectedStates(facts, this.#circumstances)];
    const payloads = facts.flatMap((fact) => ('body' in fact ? readDelivery(fact, rules) : []));
    return {
      right: (id) => states.map(({ transactions }) => transactions.get(id)),
      untold: untoldIn(payloads.filter((payload): payload is OrderPayload => payload.kind === 'order')),
    };
  }
}

/** Every selection, the empty one and all of them included. */
function partsOf<T>(items: readonly T[]): T[][] {
  let parts: T[][] = [[]];
  for (const item of items) parts = [...parts, ...parts.map((part) => [...part, item])];
  return parts;
}

function split<T>(items: readonly T[], isOne: (item: T) => boolean): [T[], T[]] {
  return [items.filter(isOne), items.filter((item) => !isOne(item))];
}

/** The orders that a fact says anything about. */
export function ordersNamedIn(fact: Fact): string[] {
  if (!('body' in fact)) return [fact.orderId];
  const payload = readDelivery(fact);
  if (payload.kind === 'order') return [payload.orderId, ...payload.entries.map(({ id }) => id)];
  return payload.kind === 'appointment' ? [payload.orderId] : [];
}

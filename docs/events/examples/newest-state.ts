/** What of an event decides whether it is newer than another about the same transaction. */
interface Revised {
  readonly transaction_id: string;
  readonly revision: number;
  readonly sequence: number;
}

/** The newest event of each transaction, whatever order the events arrive in, and how often. */
export class NewestStates<Detail extends Revised> {
  readonly #newest = new Map<string, Detail>();

  /** Keeps the detail if it is newer than the known one. Returns whether it was. */
  add(detail: Detail): boolean {
    const known = this.#newest.get(detail.transaction_id);
    if (known && !isNewer(detail, known)) return false;
    this.#newest.set(detail.transaction_id, detail);
    return true;
  }

  of(transactionId: string): Detail | undefined {
    return this.#newest.get(transactionId);
  }
}

function isNewer(detail: Revised, known: Revised): boolean {
  if (detail.revision !== known.revision) return detail.revision > known.revision;
  return detail.sequence > known.sequence;
}

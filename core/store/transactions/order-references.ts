const ITSELF = '.';
const WHOLE = '=';
const SHORT_LENGTH = 8;

/** Names orders of a transaction by the end of their ids. Others are named by their whole ids. */
export class References {
  readonly #self: string;
  readonly #ids: readonly string[];

  constructor(self: string, ids: readonly string[]) {
    this.#self = self;
    this.#ids = ids;
  }

  to(id: string): string {
    if (id === this.#self) return ITSELF;
    const short = id.slice(-SHORT_LENGTH);
    return this.#ids.includes(id) && this.#endingWith(short).length === 1 ? short : `${WHOLE}${id}`;
  }

  from(reference: string): string {
    if (reference === ITSELF) return this.#self;
    if (reference.startsWith(WHOLE)) return reference.slice(WHOLE.length);
    const [id] = this.#endingWith(reference);
    if (id === undefined) throw new TypeError('a reference to an unknown order');
    return id;
  }

  #endingWith(end: string): string[] {
    return this.#ids.filter((id) => id.endsWith(end));
  }
}

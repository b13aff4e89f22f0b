/**
 * The ids on the pages of a list so far. A page that brings no new id is the end of the list, whatever it says of more: a server
 * that ignores the number of the page would otherwise be asked without end.
 */
export class PagesSeen {
  readonly #ids = new Set<string>();

  /** Whether a page repeats earlier ones only. One without any readable id repeats nothing. */
  repeats(page: readonly { readonly id: string }[]): boolean {
    const known = this.#ids.size;
    for (const { id } of page) this.#ids.add(id);
    return page.length > 0 && this.#ids.size === known;
  }
}

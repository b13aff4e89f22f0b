/** The transaction of a note, a contact or an acknowledgement of one redraw. */
const OF_TRANSACTION = /^(?:note|contact|acknowledge):([^,]+)$/;

/** The transactions of the drafts, each once. */
export function unsavedIn(drafts: readonly string[]): string[] {
  return [...new Set(drafts.flatMap((draft) => OF_TRANSACTION.exec(draft)?.[1] ?? []))];
}

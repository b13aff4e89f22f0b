/** The transaction of a note, a contact, an owner, a follow-up or an acknowledgement of one redraw. */
const OF_TRANSACTION = /^(?:note|contact|owner|follow-up|acknowledge):([^,]+)$/;

/** The transactions of the drafts, each once. */
export function unsavedIn(drafts: readonly string[]): string[] {
  return [...new Set(drafts.flatMap((draft) => OF_TRANSACTION.exec(draft)?.[1] ?? []))];
}

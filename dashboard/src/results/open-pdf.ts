/** A tab has read the file by then (ms); a patient's results are not to lie about for longer. */
const READ_AFTER_MS = 60_000;

/**
 * Opens a PDF in a tab of its own. False where the browser keeps tabs from being opened: it lets that happen only
 * shortly after a click, and Junction may have taken longer.
 */
export function openPdf(answer: Blob): boolean {
  // Under its own name whatever the answer says it is: as a page it would run with the rights of this one.
  const address = URL.createObjectURL(new Blob([answer], { type: 'application/pdf' }));
  setTimeout(() => URL.revokeObjectURL(address), READ_AFTER_MS);
  return window.open(address, '_blank') !== null;
}

/** By then the tab has loaded the file (ms). A patient's results must not stay in memory longer. */
const READ_AFTER_MS = 60_000;

/**
 * Opens a PDF in a new tab. False if the browser blocked it: browsers allow new tabs only shortly after a click, and
 * Junction may take longer.
 */
export function openPdf(answer: Blob): boolean {
  // Force the type: as HTML it would run with this page's rights.
  const address = URL.createObjectURL(new Blob([answer], { type: 'application/pdf' }));
  setTimeout(() => URL.revokeObjectURL(address), READ_AFTER_MS);
  return window.open(address, '_blank') !== null;
}

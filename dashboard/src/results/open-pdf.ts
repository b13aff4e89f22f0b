/** By then the tab has loaded the file (ms). A patient's results must not stay in memory longer. */
const READ_AFTER_MS = 60_000;

/**
 * Opens a PDF in a new tab with this title, instead of the random ID of its address. False if the browser blocked the tab:
 * browsers allow new tabs only shortly after a click, and Junction may take longer.
 */
export function openPdf(answer: Blob, title: string): boolean {
  // Force the type: as HTML it would run with this page's rights.
  const address = URL.createObjectURL(new File([answer], `${title}.pdf`, { type: 'application/pdf' }));
  setTimeout(() => URL.revokeObjectURL(address), READ_AFTER_MS);
  const tab = window.open(address, '_blank');
  if (tab) nameTab(tab, title);
  return tab !== null;
}

/** Once loaded. A viewer outside the page, as in Firefox, keeps the document's name. */
function nameTab(tab: Window, title: string): void {
  const name = () => {
    try {
      tab.document.title = title;
    } catch {
      // The viewer has another origin.
    }
  };
  try {
    // The viewer sets a title of its own when it has loaded.
    tab.addEventListener('load', () => setTimeout(name, 0));
  } catch {
    // As above.
  }
}

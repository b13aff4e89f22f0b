import { mediaQuery } from './media-query.ts';

/** True while the page is printed. */
export const usePrinting = mediaQuery('print');

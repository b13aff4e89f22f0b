import { mediaQuery } from '../screen/media-query.ts';

/** True while the page is printed. */
export const usePrinting = mediaQuery('print');

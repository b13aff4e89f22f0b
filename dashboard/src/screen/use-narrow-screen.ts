import { mediaQuery } from './media-query.ts';

/**
 * True on a phone or in a narrow window, where tables become cards. Cloudscape's `xs` breakpoint. Printing keeps the layout that the
 * screen had.
 */
export const useNarrowScreen = mediaQuery('screen and (max-width: 688px)');

import { mediaQuery } from './media-query.ts';

/** True in a low window, as at 200 % zoom, where headers that stay in view would take the place of the rows. */
export const useShortScreen = mediaQuery('(max-height: 600px)');

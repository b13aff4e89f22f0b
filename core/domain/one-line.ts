/** Line breaks, control characters and what turns the direction of writing: text with them can break out of its line, or hide in it. */
const BREAKS_OUT = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;

/** Whether text from outside can stand in a line of a mail, a table or a terminal. */
export const isOneLine = (text: string): boolean => !BREAKS_OUT.test(text);

/** Text from outside as a part of a line. For what is only shown: an id would become another one. */
export const oneLine = (text: string): string => text.replaceAll(/[\s\p{Cc}\p{Bidi_Control}]+/gu, ' ').trim();

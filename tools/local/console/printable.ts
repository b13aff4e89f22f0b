/** A line for the terminal, which obeys control characters: a text from outside in it could have some. */
export const printable = (line: string): string =>
  line.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, ' ');

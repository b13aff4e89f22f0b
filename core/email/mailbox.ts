/** Letters, digits and signs that a name can have in quotation marks. */
const PRINTABLE = /^[\x20-\x7e]*$/;
/** An encoded word has 75 characters at most: 60 of them hold 45 bytes. */
const MAX_BYTES = 45;

/**
 * A sender as mail programs show it: `"Example Health" <results@example.com>`. Amazon SES accepts non-ASCII characters as
 * encoded words only (RFC 2047).
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html
 */
export function mailbox(name: string, address: string): string {
  const shown = PRINTABLE.test(name) ? `"${name.replaceAll(/["\\]/g, '\\$&')}"` : encodedWords(name);
  return `${shown} <${address}>`;
}

function encodedWords(text: string): string {
  const words: string[] = [];
  let word = '';
  for (const letter of text) {
    if (Buffer.byteLength(word + letter) > MAX_BYTES) {
      words.push(word);
      word = '';
    }
    word += letter;
  }
  return [...words, word].map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join(' ');
}

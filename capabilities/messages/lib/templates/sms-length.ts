import { SegmentedMessage } from 'sms-segments-calculator';

/** An SMS as carriers count and bill it. */
export interface SmsLength {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** What is billed: each part costs the price of one message. */
  readonly parts: number;
  readonly characters: number;
  /** The characters that force the encoding with 70 instead of 160 characters; empty for GSM-7. */
  readonly expensiveCharacters: readonly string[];
}

export function smsLength(text: string): SmsLength {
  const message = new SegmentedMessage(text);
  return {
    encoding: message.encodingName === 'GSM-7' ? 'GSM-7' : 'UCS-2',
    parts: message.segmentsCount,
    characters: [...text].length,
    expensiveCharacters: [...new Set(message.getNonGsmCharacters())],
  };
}

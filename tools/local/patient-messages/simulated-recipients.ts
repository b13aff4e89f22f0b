/** What a provider does with a message, by its recipient. */
export type Behavior =
  | 'deliver'
  /** Accepts it, and reports later that it was not delivered. */
  | 'bounce'
  /** Delivers it, and reports later that the reader complained. */
  | 'complaint'
  /** Rejects it, because the recipient has opted out. */
  | 'opted_out'
  | 'refuse'
  | 'throttle'
  /** Fails in a way that says nothing about the message. */
  | 'error'
  /** Accepts it, but the answer is lost. */
  | 'lose_answer';

/**
 * The recipients of Amazon's mailbox simulator, then some for faults that Amazon does not simulate. A label after a plus sign is
 * ignored, as there.
 * https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html#send-email-simulator
 */
const mailboxes: Readonly<Record<string, Behavior>> = {
  bounce: 'bounce',
  complaint: 'complaint',
  suppressionlist: 'bounce',
  refused: 'refuse',
  throttled: 'throttle',
  error: 'error',
  lost: 'lose_answer',
};

export function behaviorForAddress(address: string): Behavior {
  const [, name = ''] = /^([^@+]+)(?:\+[^@]*)?@simulator\.amazonses\.com$/i.exec(address) ?? [];
  return mailboxes[name.toLowerCase()] ?? 'deliver';
}

/** The last digits of numbers that are reserved for fiction in every area code: 555-0191 to 555-0196. */
const numbers: Readonly<Record<string, Behavior>> = {
  '5550191': 'bounce',
  '5550192': 'opted_out',
  '5550193': 'refuse',
  '5550194': 'throttle',
  '5550195': 'error',
  '5550196': 'lose_answer',
};

export function behaviorForNumber(number: string): Behavior {
  return numbers[number.slice(-7)] ?? 'deliver';
}

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { DataDirectory } from '../files/data-directory.ts';

/** A message as its reader gets it. */
export interface InboxMessage {
  channel: 'sms' | 'email';
  to: string;
  /** null for an SMS. */
  subject: string | null;
  text: string;
  /** null for an SMS. */
  html: string | null;
  /** RFC 3339. */
  at: string;
}

/** The messages that patients got, oldest first. */
export interface Inbox {
  add(message: InboxMessage): void;
  all(): readonly InboxMessage[];
}

const schema = z.object({
  channel: z.enum(['sms', 'email']),
  to: z.string(),
  subject: z.string().nullable(),
  text: z.string(),
  html: z.string().nullable(),
  at: z.string(),
});

/** Stands for the phones and mailboxes of patients: `inbox.jsonl` in the data directory, a message per line. */
export function openInbox(data: DataDirectory): Inbox {
  const file = data.file('inbox.jsonl');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  const messages = lines.filter(Boolean).flatMap((line) => {
    // The end of the file is half a line after a crash.
    const parsed = schema.safeParse(parseJson(line));
    return parsed.success ? [parsed.data] : [];
  });
  return {
    add(message) {
      appendFileSync(file, `${JSON.stringify(message)}\n`);
      messages.push(message);
    },
    all: () => messages,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

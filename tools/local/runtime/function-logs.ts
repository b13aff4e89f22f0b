import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import * as z from 'zod';
import type { DataDirectory } from '../files/data-directory.ts';

export interface FunctionLogs {
  /** Writes the output of a function to its log, and its warnings and errors to the terminal. */
  attach(name: string, output: Readable): void;
  /** Prints a message, unless the same one was just printed. */
  show(name: string, level: string, message: string): void;
  close(): void;
}

/** Checked at start only, which happens often enough on a development machine. */
const ROTATE_AT_BYTES = 10_000_000;
const SAME_MESSAGE_EVERY_MS = 5000;

const text = z.string().nullish().catch(null);
const logLine = z.object({ level: z.string(), message: z.string(), outcome: text, reason: text });

/**
 * Logs go to `logs/<function>.log` in the data directory, or nowhere with `:memory:`.
 * @param onEntry receives every line that is JSON
 */
export function functionLogs(
  data: DataDirectory,
  print: (line: string) => void,
  onEntry: (entry: unknown) => void,
): FunctionLogs {
  const files = new Map<string, WriteStream>();
  const lastShown = new Map<string, number>();

  function fileFor(name: string): WriteStream | undefined {
    if (data.inMemory) return undefined;
    const open = files.get(name);
    if (open) return open;
    const path = data.file('logs', `${name}.log`);
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > ROTATE_AT_BYTES)
      renameSync(path, `${path}.1`);
    const file = createWriteStream(path, { flags: 'a' });
    files.set(name, file);
    return file;
  }

  function show(name: string, level: string, message: string): void {
    const line = `${name} ${level}: ${inOneLine(message)}`;
    const now = performance.now();
    if (now - (lastShown.get(line) ?? Number.NEGATIVE_INFINITY) < SAME_MESSAGE_EVERY_MS) return;
    if (lastShown.size > 500) lastShown.clear();
    lastShown.set(line, now);
    print(line);
  }

  return {
    show,
    attach(name, output) {
      const file = fileFor(name);
      createInterface({ input: output }).on('line', (line) => {
        file?.write(`${line}\n`);
        const json = parse(line);
        if (json === undefined) return;
        onEntry(json);
        const { data: entry } = logLine.safeParse(json);
        if (entry && ['WARN', 'ERROR', 'CRITICAL'].includes(entry.level))
          show(name, entry.level, described(entry));
      });
    },
    close() {
      for (const file of files.values()) file.end();
    },
  };
}

/** The message of a log line, with its outcome and reason: `webhook (quarantined: appointment.id: Invalid input)`. */
function described({ message, outcome, reason }: z.output<typeof logLine>): string {
  const details = [outcome, reason].filter((detail) => detail != null && detail !== '');
  return details.length === 0 ? message : `${message} (${details.join(': ')})`;
}

function parse(line: string): unknown {
  if (!line.startsWith('{')) return undefined;
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function inOneLine(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}

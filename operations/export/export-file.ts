import {
  closeSync,
  createReadStream,
  existsSync,
  openSync,
  readSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { Problem } from '../../lib/problems/problem.ts';
import { type FirstLine, firstLine, type ItemLine, itemLine, lastLine } from './export-lines.ts';

/** The key of an item. */
export interface Place {
  readonly pk: string;
  readonly sk: string;
}

/** What a file holds of an export. */
export interface Begun {
  readonly first: FirstLine;
  readonly items: number;
  /** The key of its last item; null before the first one. */
  readonly after: Place | null;
  readonly isFinished: boolean;
}

const NEWLINE = 0x0a;

/**
 * What was exported to a file before. A line that was cut when the export was killed is removed.
 *
 * @returns null if there is no file, or an empty one
 * @throws Problem if it is something else
 */
export async function readBegun(path: string): Promise<Begun | null> {
  const { lines, first, last, end, size } = await linesOf(path);
  if (size === 0) return null;
  const read = firstLine.safeParse(jsonOf(first));
  if (lines > 0 && !read.success)
    throw new Problem(`${path} is no export, and stays as it is. Name another file.`);
  if (end < size) truncateSync(path, end);
  if (!read.success) return null;
  const isFinished = lastLine.safeParse(jsonOf(last)).success;
  const item = itemLine.safeParse(jsonOf(last));
  return {
    first: read.data,
    items: lines - 1 - Number(isFinished),
    after: item.success ? placeOf(item.data) : null,
    isFinished,
  };
}

/** Adds lines to the file, which only its owner can read. */
export function appendLines(path: string, lines: readonly object[]): void {
  const file = openSync(path, 'a', 0o600);
  try {
    writeSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  } finally {
    closeSync(file);
  }
}

function placeOf({ stored }: ItemLine): Place {
  const text = (name: string) => String((stored[name] as { S?: string } | undefined)?.S);
  return { pk: text('pk'), sk: text('sk') };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The number of whole lines, the first and the last of them, and where they end. */
async function linesOf(path: string) {
  if (!existsSync(path)) return { lines: 0, first: '', last: '', end: 0, size: 0 };
  let [lines, size, firstEnd, lastStart, end] = [0, 0, 0, 0, 0];
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    for (let at = chunk.indexOf(NEWLINE); at >= 0; at = chunk.indexOf(NEWLINE, at + 1)) {
      lines += 1;
      lastStart = end;
      end = size + at + 1;
      if (lines === 1) firstEnd = end;
    }
    size += chunk.length;
  }
  return { lines, first: textIn(path, 0, firstEnd), last: textIn(path, lastStart, end), end, size };
}

function textIn(path: string, from: number, to: number): string {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(to - from);
    readSync(file, bytes, 0, bytes.length, from);
    return bytes.toString('utf8');
  } finally {
    closeSync(file);
  }
}

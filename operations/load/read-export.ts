import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Problem } from '../../lib/problems/problem.ts';
import { type FirstLine, firstLine, type ItemLine, itemLine, lastLine } from '../export/export-lines.ts';

/** What a whole export says of itself. */
export interface WholeExport {
  readonly first: FirstLine;
  readonly items: number;
}

/**
 * Reads every line of an export, so that nothing of a file with a fault is loaded.
 *
 * @throws Problem with one sentence that names the line
 */
export async function checkExport(path: string): Promise<WholeExport> {
  const lines = parsedLines(path);
  const opening = await lines.next();
  const first = firstLine.safeParse(opening.value?.json).data;
  if (!first) throw new Problem(`${path} is no export of redraw-tracker.`);
  let items = 0;
  let end: number | undefined;
  for await (const { number, json } of lines) {
    if (end !== undefined) throw new Problem(`Line ${number} of ${path} is after the end of the export.`);
    end = lastLine.safeParse(json).data?.items;
    if (end !== undefined) continue;
    items += 1;
    if (!itemLine.safeParse(json).success)
      throw new Problem(`Line ${number} of ${path} is no item of an export.`);
  }
  if (end === undefined)
    throw new Problem(`${path} ends after ${items} items, without its last line. ${IF_CUT}`);
  if (end !== items) throw new Problem(`${path} has ${items} items, but its last line says ${end}.`);
  return { first, items };
}

async function* parsedLines(path: string): AsyncGenerator<{ number: number; json: unknown }, undefined> {
  let number = 0;
  for await (const text of linesIn(path)) {
    number += 1;
    const json = jsonIn(text);
    if (json === undefined) throw new Problem(`Line ${number} of ${path} is no JSON. ${IF_CUT}`);
    yield { number, json };
  }
}

const IF_CUT = 'If the export was stopped, finish it first: npx redraw-tracker export with the same file.';

/** The items of a checked export, in batches that a request to Lambda can have. */
export async function* batchesIn(path: string, from: number): AsyncGenerator<readonly ItemLine['stored'][]> {
  let batch: ItemLine['stored'][] = [];
  let [seen, bytes] = [-1, 0];
  for await (const text of linesIn(path)) {
    const line = itemLine.safeParse(jsonIn(text));
    if (!line.success) continue;
    seen += 1;
    if (seen < from) continue;
    const size = Buffer.byteLength(JSON.stringify(line.data.stored));
    if (batch.length === MAX_ITEMS || bytes + size > MAX_BYTES) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(line.data.stored);
    bytes += size;
  }
  if (batch.length > 0) yield batch;
}

const MAX_ITEMS = 500;
/** A request may have 6 MB: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_BYTES = 3_000_000;

async function* linesIn(path: string): AsyncGenerator<string> {
  const stream = createReadStream(path, 'utf8');
  try {
    yield* createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new Problem(`${path} cannot be read (${error.code}).`);
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

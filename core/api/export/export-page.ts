import * as z from 'zod/mini';
import { mapConcurrent } from '../../concurrency/map-concurrent.ts';
import { type ItemJson, toItemJson } from '../../store/item-json.ts';
import { loadKey } from '../../store/poll-marks/load-mark.ts';
import type { Item, Table } from '../../store/table.ts';
import { type ItemKey, itemName, kindOf } from '../../store/table-layout.ts';
import { type Place, scanItems } from '../../store/whole-table.ts';
import type { Shapes } from './shapes.ts';

/** An item of the table, on a line of the file. */
export interface ExportedLine {
  readonly kind: string;
  /** As the API shows it; null if the API shows it nowhere, or not alone. */
  readonly api: unknown;
  /** The item itself, which is what is loaded elsewhere. */
  readonly stored: ItemJson;
}

export interface ExportedPage {
  readonly lines: readonly ExportedLine[];
  /** The start of the next page; null after the last one. */
  readonly next: Place | null;
}

/** How many items are read at once, and shown at the same time. */
const ITEMS = 200;
const CONCURRENCY = 25;
/** Lambda answers at most 6 MB. https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MAX_BYTES = 5_000_000;
const ENOUGH_BYTES = 1_000_000;

/** The items after a place, as many as an answer of Lambda holds: at least one, if there is one. */
export async function exportPage(table: Table, shapes: Shapes, from: Place | null): Promise<ExportedPage> {
  const lines: ExportedLine[] = [];
  let bytes = 0;
  let next = from;
  do {
    const page = await scanItems(table, next, ITEMS);
    const items = page.items.filter(isExported);
    for (const [at, line] of (await linesOf(table, shapes, items)).entries()) {
      const size = Buffer.byteLength(JSON.stringify(line));
      if (lines.length > 0 && bytes + size > MAX_BYTES) return { lines, next: keyOf(items[at - 1]) ?? next };
      lines.push(line);
      bytes += size;
    }
    next = page.next;
  } while (next && bytes < ENOUGH_BYTES);
  return { lines, next };
}

/** Not when this deployment last heard of anything, and not what was loaded into it. */
const isExported = ({ pk }: Item) => pk !== loadKey.pk && kindOf({ pk: String(pk) }) !== 'HEARTBEAT';

const keyOf = (item: Item | undefined): ItemKey | null =>
  item ? { pk: String(item.pk), sk: String(item.sk) } : null;

async function linesOf(table: Table, shapes: Shapes, items: readonly Item[]): Promise<ExportedLine[]> {
  const lines: ExportedLine[] = [];
  await mapConcurrent(
    [...items.entries()],
    async ([at, item]) => {
      lines[at] = await lineOf(table, shapes, item);
    },
    CONCURRENCY,
  );
  return lines;
}

async function lineOf(table: Table, shapes: Shapes, item: Item): Promise<ExportedLine> {
  const kind = kindOf({ pk: String(item.pk) });
  const stored = toItemJson(item);
  const shape = String(item.sk).startsWith('KEY#') ? undefined : shapes[kind];
  if (!shape) return { kind: 'internal', api: null, stored };
  try {
    return { kind: shape.kind, api: await shape.show(table, item), stored };
  } catch (error) {
    // An item that cannot be read must not end the export: whoever loads it has it as it is.
    if (!(error instanceof TypeError || error instanceof z.core.$ZodError)) throw error;
    table.onDamaged?.(itemName(item));
    return { kind: shape.kind, api: null, stored };
  }
}

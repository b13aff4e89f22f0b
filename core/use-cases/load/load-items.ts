import * as z from 'zod/mini';
import { mapConcurrent } from '../../concurrency/map-concurrent.ts';
import { fromItemJson } from '../../store/item-json.ts';
import { isUnused, loadItem } from '../../store/load-item.ts';
import { type LoadMark, loadKey, moveLoadMark, readLoadMark } from '../../store/poll-marks/load-mark.ts';
import type { Table } from '../../store/table.ts';
import { STORED_FORM } from '../../store/table-layout.ts';

/** A load that cannot be done as it is asked for. Nothing has changed. */
export class LoadRefused extends Error {
  override readonly name: string = 'LoadRefused';
}

export const loadRequest = z.strictObject({
  /** The id of the export, which its first line has. */
  file: z.string().check(z.minLength(1), z.maxLength(64)),
  /** The form of its items. */
  form: z.int(),
  /** How many items of the file come before these. */
  after: z.int().check(z.nonnegative()),
  /** Items in DynamoDB's JSON. None only asks how far it is. */
  items: z.array(z.record(z.string(), z.unknown())),
  /** Whether no others follow. */
  last: z.boolean(),
});
export type LoadRequest = z.output<typeof loadRequest>;

/** How many items are written at the same time. */
const CONCURRENCY = 25;

/**
 * Stores items of an export in a table that had none. The position is stored too, so that a killed load goes on with the next
 * request.
 *
 * @throws LoadRefused with one sentence
 */
export async function loadItems(table: Table, request: LoadRequest): Promise<LoadMark> {
  const { file, form, after, last } = request;
  if (form !== STORED_FORM) {
    throw new LoadRefused(
      `The file holds items of form ${form}, and this version stores form ${STORED_FORM}: load it with the version that exported it.`,
    );
  }
  const mark = await beginOrContinue(table, file);
  if (mark.finished || request.items.length === 0) return mark;
  if (after > mark.lines) throw new LoadRefused(`The items after ${mark.lines} have not been loaded yet.`);
  const items = request.items.map((json, at) => {
    const item = fromItemJson(json);
    if (!item) throw new LoadRefused(`Item ${after + at + 1} is no item of DynamoDB.`);
    return item;
  });
  let kept = 0;
  await mapConcurrent(
    items.slice(mark.lines - after).filter(({ pk }) => pk !== loadKey.pk),
    async (item) => {
      if (!(await loadItem(table, item))) kept += 1;
    },
    CONCURRENCY,
  );
  const lines = Math.max(mark.lines, after + items.length);
  return moved(await moveLoadMark(table, mark, { file, lines, kept: mark.kept + kept, finished: last }));
}

async function beginOrContinue(table: Table, file: string): Promise<LoadMark> {
  const known = await readLoadMark(table);
  if (known?.file === file) return known;
  if (known) {
    throw new LoadRefused(
      `Another export was loaded into this table, up to item ${known.lines}: continue with its file, or load into another stage.`,
    );
  }
  if (!(await isUnused(table))) {
    throw new LoadRefused('The table is not empty: an export can be loaded only into a new stage.');
  }
  return moved(await moveLoadMark(table, { revision: 0 }, { file, lines: 0, kept: 0, finished: false }));
}

function moved(mark: LoadMark | null): LoadMark {
  if (mark) return mark;
  throw new LoadRefused('Somebody else is loading an export right now.');
}

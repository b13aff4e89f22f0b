import { isOfOrder } from '../timeline/entries.ts';
import type { Row } from '../timeline/timeline.ts';
import type { Lane } from './lanes.ts';

/** A lane beside one row: whether its line comes from the row above and goes on to the row below. */
export interface LaneLine {
  readonly lane: number;
  readonly above: boolean;
  readonly below: boolean;
}

/** What is drawn beside one row. Lanes are meant by their index. */
export interface RowLaneLines {
  readonly rails: readonly LaneLine[];
  /** The lane whose order the row is of. */
  readonly dot: number | null;
  /** The lane that the row's lane branches off from, where it begins here. */
  readonly branchFrom: number | null;
}

interface Span {
  readonly start: number;
  /** The last row that is of the lane, or the row of now for an order that goes on. */
  readonly end: number;
  /** Further down than `end` where a lane branches off later. */
  readonly reach: number;
}

/** The lines between what happened to the same order, and from an order to the one that came of it. */
export function laneLines(rows: readonly Row[], lanes: readonly Lane[]): RowLaneLines[] {
  const spans = spansOf(rows, lanes);
  return rows.map(({ entry }, row) => {
    const dot = isOfOrder(entry) ? lanes.findIndex(({ orderId }) => orderId === entry.orderId) : -1;
    const begins = spans[dot]?.start === row;
    return {
      rails: spans.map((span, lane) => ({
        lane,
        above: span !== null && row > span.start && row <= span.end,
        below: span !== null && row >= span.start && row < span.reach,
      })),
      dot: dot === -1 ? null : dot,
      branchFrom: begins ? branchOf(dot, row, lanes, spans) : null,
    };
  });
}

function spansOf(rows: readonly Row[], lanes: readonly Lane[]): (Span | null)[] {
  const now = rows.findIndex(({ entry }) => entry.kind === 'now');
  const own = lanes.map(({ orderId, over }) => {
    const of = ({ entry }: Row) => isOfOrder(entry) && entry.orderId === orderId;
    const start = rows.findIndex(of);
    return start === -1 ? null : { start, end: Math.max(rows.findLastIndex(of), over ? -1 : now) };
  });
  return lanes.map(({ orderId }, index) => {
    const span = own[index];
    if (!span) return null;
    const branches = lanes.flatMap(({ parentId }, child) =>
      parentId === orderId ? [own[child]?.start ?? -1] : [],
    );
    return { ...span, reach: Math.max(span.end, ...branches) };
  });
}

function branchOf(
  dot: number,
  row: number,
  lanes: readonly Lane[],
  spans: readonly (Span | null)[],
): number | null {
  const parent = lanes.findIndex(({ orderId }) => orderId === lanes[dot]?.parentId);
  const span = spans[parent];
  // A parent of which only later things are known cannot be branched off from.
  return span && span.start < row ? parent : null;
}

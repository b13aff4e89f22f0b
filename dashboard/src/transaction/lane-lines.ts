import { isOfOrder } from './entries.ts';
import type { Lane } from './lanes.ts';
import type { Row } from './timeline.ts';

/** The line of a lane beside one row: whether it continues above and below. */
export interface LaneLine {
  readonly lane: number;
  readonly above: boolean;
  readonly below: boolean;
}

/** The lines beside one row. Lanes are given by index. */
export interface RowLaneLines {
  readonly rails: readonly LaneLine[];
  /** The lane of the row's order. */
  readonly dot: number | null;
  /** The parent lane, in the first row of a lane that branches off. */
  readonly branchFrom: number | null;
}

interface Span {
  readonly start: number;
  /** The last row of the lane, or the row of "now" for an order still in progress. */
  readonly end: number;
  /** The last row that the line must reach: below `end` if a lane branches off there. */
  readonly reach: number;
}

/** The lines that connect the entries of an order, and an order with its parent. */
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
  // The parent's first known entry is later, so there is no line to branch off from.
  return span && span.start < row ? parent : null;
}

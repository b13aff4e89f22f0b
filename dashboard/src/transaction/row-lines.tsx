import type { CSSProperties } from 'react';
import { laneColor } from './lane-label.tsx';
import type { LaneLine, RowLaneLines } from './lane-lines.ts';

/** The look of a row's dot. The text says the same. */
export type Dot = 'plain' | 'hollow' | 'square' | 'loud';

function at(lane: number): CSSProperties {
  return { '--index': lane } as CSSProperties;
}

/** The lines beside one row, and its dot. */
export function RowLines({ row, dot }: { row: RowLaneLines; dot: Dot }) {
  return (
    <div className="rails" aria-hidden="true">
      {row.rails.map((rail) => (
        <RowLine key={rail.lane} rail={rail} />
      ))}
      {row.dot !== null && row.branchFrom !== null && <Branch from={row.branchFrom} to={row.dot} />}
      {row.dot !== null && <span className={`dot dot-${dot} ${laneColor(row.dot)}`} style={at(row.dot)} />}
    </div>
  );
}

function RowLine({ rail: { lane, above, below } }: { rail: LaneLine }) {
  return (
    <>
      {above && <span className={`rail rail-above ${laneColor(lane)}`} style={at(lane)} />}
      {below && <span className={`rail rail-below ${laneColor(lane)}`} style={at(lane)} />}
    </>
  );
}

/** From the parent's lane to the order's own. */
function Branch({ from, to }: { from: number; to: number }) {
  const [left, lanes] = [Math.min(from, to), Math.abs(to - from)];
  const style: CSSProperties = {
    insetInlineStart: `calc(${left} * var(--lane-width) + (var(--lane-width) - var(--line)) / 2)`,
    inlineSize: `calc(${lanes} * var(--lane-width))`,
  };
  return <span className={`rail-branch ${laneColor(to)}`} style={style} />;
}

/** The lines that continue through a gap. */
export function GapLines({ row }: { row: RowLaneLines }) {
  return (
    <div className="rails" aria-hidden="true">
      {row.rails
        .filter(({ below }) => below)
        .map(({ lane }) => (
          <span key={lane} className={`rail rail-across ${laneColor(lane)}`} style={at(lane)} />
        ))}
    </div>
  );
}

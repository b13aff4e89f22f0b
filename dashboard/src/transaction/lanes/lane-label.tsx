import './lanes.css';
import type { Lane } from './lanes.ts';

/** So many colours there are; whoever comes after them begins anew, and is told apart by the word. */
const COLORS = 5;

export function laneColor(index: number): string {
  return `lane-${index % COLORS}`;
}

/** Which order something is of, by the colour of its lane and by word. */
export function LaneLabel({ orderId, lanes }: { orderId: string; lanes: readonly Lane[] }) {
  const index = lanes.findIndex((lane) => lane.orderId === orderId);
  const lane = lanes[index];
  if (!lane) return null;
  return <span className={`lane-word ${laneColor(index)}`}>{lane.name}</span>;
}

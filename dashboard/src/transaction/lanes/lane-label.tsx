import './lanes.css';
import type { Lane } from './lanes.ts';

/** So many colours there are; whoever comes after them begins anew, and is told apart by the word. */
const COLOURS = 5;

export function laneColour(index: number): string {
  return `lane-${index % COLOURS}`;
}

/** Which order something is of, by the colour of its lane and by word. */
export function LaneWord({ orderId, lanes }: { orderId: string; lanes: readonly Lane[] }) {
  const index = lanes.findIndex((lane) => lane.orderId === orderId);
  const lane = lanes[index];
  if (!lane) return null;
  return <span className={`lane-word ${laneColour(index)}`}>{lane.name}</span>;
}

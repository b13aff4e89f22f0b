import './lanes.css';
import type { Lane } from './lanes.ts';

/** Colors repeat after this many lanes. The label still distinguishes them. */
const COLORS = 5;

export function laneColor(index: number): string {
  return `lane-${index % COLORS}`;
}

/** The order something belongs to, by name and lane color. */
export function LaneLabel({ orderId, lanes }: { orderId: string; lanes: readonly Lane[] }) {
  const index = lanes.findIndex((lane) => lane.orderId === orderId);
  const lane = lanes[index];
  if (!lane) return null;
  return <span className={`lane-word ${laneColor(index)}`}>{lane.name}</span>;
}

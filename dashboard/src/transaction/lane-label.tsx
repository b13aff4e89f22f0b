import type { Lane } from './lanes.ts';

/** The order something belongs to, by name. */
export function LaneLabel({ orderId, lanes }: { orderId: string; lanes: readonly Lane[] }) {
  const lane = lanes.find((one) => one.orderId === orderId);
  return lane ? <span className="aside">{lane.name}</span> : null;
}

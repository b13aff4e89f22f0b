/** Class of an order: in progress or unknown, completed, redraw available, cancelled, failed. */
export const ORDER_CLASSES = ['P', 'C', 'R', 'X', 'F'] as const;
export type OrderClass = (typeof ORDER_CLASSES)[number];

/** Low-level statuses by stage of the lifecycle, earliest first. The statuses of one line are at the same stage. */
const STAGES: readonly (readonly string[])[] = [
  ['ordered'],
  ['awaiting_registration'],
  ['registered'],
  ['requisition_created', 'requisition_bypassed'],
  ['transit_customer'],
  ['out_for_delivery'],
  ['with_customer', 'problem_in_transit_customer'],
  ['appointment_pending'],
  ['appointment_scheduled'],
  ['appointment_cancelled'],
  ['draw_completed'],
  ['transit_lab', 'problem_in_transit_lab'],
  ['delivered_to_lab'],
  ['lab_processing_blocked'],
  ['partial_results'],
  ['redraw_available'],
  ['failure_to_deliver_to_customer', 'failure_to_deliver_to_lab', 'lost', 'sample_error'],
  ['completed'],
  ['corrected'],
  ['do_not_process'],
  ['cancelled'],
];

const STAGE_OF = new Map(STAGES.flatMap((statuses, stage) => statuses.map((status) => [status, stage])));

const CLASS_OF_LOW: Readonly<Record<string, OrderClass>> = {
  completed: 'C',
  corrected: 'C',
  redraw_available: 'R',
  cancelled: 'X',
  do_not_process: 'X',
  sample_error: 'F',
  lost: 'F',
};

const CLASS_OF_HIGH: Readonly<Record<string, OrderClass>> = { completed: 'C', cancelled: 'X', failed: 'F' };

/** The lifecycle stage of a low-level status; -1 for an unknown or missing one. */
export function lifecycleStage(low: string | null): number {
  return (low === null ? undefined : STAGE_OF.get(low)) ?? -1;
}

/** Whether Junction documents this low-level status. */
export function isKnownStatus(low: string): boolean {
  return STAGE_OF.has(low);
}

/** The class of an order: by its low-level status, for an unknown or missing one by its high-level status. */
export function orderClass(low: string | null, high: string | null): OrderClass {
  if (low !== null) {
    const known = Object.hasOwn(CLASS_OF_LOW, low) ? CLASS_OF_LOW[low] : undefined;
    if (known) return known;
    if (low.startsWith('failure_to_deliver_')) return 'F';
    if (isKnownStatus(low)) return 'P';
  }
  const byHigh = high !== null && Object.hasOwn(CLASS_OF_HIGH, high) ? CLASS_OF_HIGH[high] : undefined;
  return byHigh ?? 'P';
}

/** The class of an event's `<high>.<modality>.<low>`. */
export function classOfStatus(status: string): OrderClass {
  const { high, low } = statusParts(status);
  return orderClass(low, high);
}

/** Whether the status implies that the lab has reported results, partial or final. */
export function reportsResults({ low, high }: { low: string | null; high: string | null }): boolean {
  const statusClass = orderClass(low, high);
  return low === 'partial_results' || statusClass === 'R' || statusClass === 'C';
}

/** The parts of an event's `<high>.<modality>.<low>`. A shorter status has only its first and its last part. */
export function statusParts(status: string): { high: string; modality: string | null; low: string } {
  const parts = status.split('.');
  const last = parts.at(-1) ?? status;
  return {
    high: parts[0] ?? status,
    modality: parts.length > 2 ? (parts[1] ?? null) : null,
    // Two pages of Junction's documentation name this status differently.
    low: last === 'testkit_registered' ? 'registered' : last,
  };
}

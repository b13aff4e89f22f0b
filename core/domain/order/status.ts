import { type OrderClass, type Shown, STATUS_TABLE, type StatusRow } from './status-table.ts';

const ROWS: ReadonlyMap<string | null, StatusRow> = new Map(STATUS_TABLE.map((row) => [row.low, row]));

const STAGES = new Map<string | null, number>();
for (const { low, sameStage } of STATUS_TABLE) {
  const last = [...STAGES.values()].at(-1) ?? -1;
  STAGES.set(low, sameStage ? last : last + 1);
}

const CLASS_OF_HIGH: Readonly<Record<string, OrderClass>> = { completed: 'C', cancelled: 'X', failed: 'F' };

/** The lifecycle stage of a low-level status, later is greater; -1 for an unknown or missing one. */
export function lifecycleStage(low: string | null): number {
  return STAGES.get(low) ?? -1;
}

/** Whether Junction documents this low-level status. */
export function isKnownStatus(low: string): boolean {
  return ROWS.has(low);
}

/** What a low-level status shows of the way to the results; null for an unknown or missing one. */
export function shownBy(low: string | null): Shown | null {
  return ROWS.get(low)?.shows ?? null;
}

/** Whether the status implies that the sample was drawn. Walk-in orders have no event for the draw itself. */
export function showsDraw(low: string | null): boolean {
  const shown = shownBy(low);
  return shown === 'draw' || shown === 'partial_results';
}

/** Whether the status says that an appointment is requested or booked. */
export function showsVisit(low: string | null): boolean {
  const shown = shownBy(low);
  return shown === 'appointment_request' || shown === 'appointment';
}

/** Whether a test kit with this status has left for its user. */
export function isShipped(low: string | null): boolean {
  return ROWS.get(low)?.shipped === true;
}

/** How people read a status; null if it has no text of its own. */
export function ownText(low: string): string | null {
  return ROWS.get(low)?.text ?? null;
}

/** The class of an order: by its low-level status, for an unknown or missing one by its high-level status. */
export function orderClass(low: string | null, high: string | null): OrderClass {
  const row = ROWS.get(low);
  if (row) return row.class;
  if (low?.startsWith('failure_to_deliver_')) return 'F';
  return (high !== null && Object.hasOwn(CLASS_OF_HIGH, high) ? CLASS_OF_HIGH[high] : undefined) ?? 'P';
}

/** The class of an event's `<high>.<modality>.<low>`. */
export function classOfStatus(status: string): OrderClass {
  const { high, low } = statusParts(status);
  return orderClass(low, high);
}

/** Whether the status implies that the lab has reported results, partial or final. */
export function reportsResults({ low, high }: { low: string | null; high: string | null }): boolean {
  const statusClass = orderClass(low, high);
  return shownBy(low) === 'partial_results' || statusClass === 'R' || statusClass === 'C';
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

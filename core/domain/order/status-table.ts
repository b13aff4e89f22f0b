/**
 * What a status shows of the way to the results: that there is a requisition, that a test kit is registered or on its way to the
 * user, that an appointment is requested, booked or cancelled, that the sample was drawn, or also that some results are there.
 * Completed, cancelled, failed and redraw available are classes, and show nothing besides.
 */
export const SHOWN = [
  'requisition',
  'kit',
  'appointment_request',
  'appointment',
  'appointment_cancellation',
  'draw',
  'partial_results',
] as const;
export type Shown = (typeof SHOWN)[number];

/** Class of an order: in progress or unknown, completed, redraw available, cancelled, failed. */
export const ORDER_CLASSES = ['P', 'C', 'R', 'X', 'F'] as const;
export type OrderClass = (typeof ORDER_CLASSES)[number];

/** A low-level status of Junction, and everything that it means. */
export interface StatusRow {
  readonly low: string;
  /** Whether it is at the same stage of the lifecycle as the row above. Otherwise it is at the next one. */
  readonly sameStage?: true;
  /** The high-level status that Junction gives with it. */
  readonly high: 'received' | 'collecting_sample' | 'sample_with_lab' | 'completed' | 'cancelled' | 'failed';
  readonly class: OrderClass;
  readonly shows?: Shown;
  /** Whether a test kit with this status has left for its user. Then it cannot be recalled. */
  readonly shipped?: true;
  /** How people read it, if it is not just the name without underscores. */
  readonly text?: string;
}

/**
 * The low-level statuses that Junction documents, in the order of the lifecycle, earliest first: of two facts of the same time, the
 * later row counts. Everything that depends on a status reads it here, and the table in docs/state-model.md is generated from it.
 * https://docs.junction.com/lab/workflow/lab-test-lifecycle
 */
export const STATUS_TABLE: readonly StatusRow[] = [
  { low: 'ordered', high: 'received', class: 'P' },
  { low: 'awaiting_registration', high: 'received', class: 'P', shows: 'kit' },
  { low: 'registered', high: 'received', class: 'P', shows: 'kit' },
  { low: 'requisition_created', high: 'received', class: 'P', shows: 'requisition' },
  { low: 'requisition_bypassed', sameStage: true, high: 'received', class: 'P', shows: 'requisition' },
  {
    low: 'transit_customer',
    high: 'collecting_sample',
    class: 'P',
    shows: 'kit',
    shipped: true,
    text: 'In transit to customer',
  },
  {
    low: 'out_for_delivery',
    high: 'collecting_sample',
    class: 'P',
    shows: 'kit',
    shipped: true,
  },
  { low: 'with_customer', high: 'collecting_sample', class: 'P', shows: 'kit', shipped: true },
  {
    low: 'problem_in_transit_customer',
    sameStage: true,
    high: 'collecting_sample',
    class: 'P',
    shows: 'kit',
    shipped: true,
  },
  { low: 'appointment_pending', high: 'collecting_sample', class: 'P', shows: 'appointment_request' },
  { low: 'appointment_scheduled', high: 'collecting_sample', class: 'P', shows: 'appointment' },
  { low: 'appointment_cancelled', high: 'collecting_sample', class: 'P', shows: 'appointment_cancellation' },
  // On site, Junction gives it with sample_with_lab.
  { low: 'draw_completed', high: 'collecting_sample', class: 'P', shows: 'draw' },
  {
    low: 'transit_lab',
    high: 'collecting_sample',
    class: 'P',
    shows: 'draw',
    shipped: true,
    text: 'In transit to lab',
  },
  {
    low: 'problem_in_transit_lab',
    sameStage: true,
    high: 'collecting_sample',
    class: 'P',
    shows: 'draw',
    shipped: true,
  },
  { low: 'delivered_to_lab', high: 'sample_with_lab', class: 'P', shows: 'draw', shipped: true },
  { low: 'lab_processing_blocked', high: 'sample_with_lab', class: 'P', shows: 'draw', shipped: true },
  { low: 'partial_results', high: 'sample_with_lab', class: 'P', shows: 'partial_results' },
  { low: 'redraw_available', high: 'collecting_sample', class: 'R' },
  { low: 'failure_to_deliver_to_customer', high: 'failed', class: 'F' },
  { low: 'failure_to_deliver_to_lab', sameStage: true, high: 'failed', class: 'F' },
  { low: 'lost', sameStage: true, high: 'failed', class: 'F' },
  { low: 'sample_error', sameStage: true, high: 'failed', class: 'F' },
  { low: 'completed', high: 'completed', class: 'C' },
  { low: 'corrected', high: 'completed', class: 'C' },
  { low: 'do_not_process', high: 'cancelled', class: 'X' },
  { low: 'cancelled', high: 'cancelled', class: 'X' },
];

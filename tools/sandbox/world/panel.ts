import type {
  ClientFacingMarker,
  FailureType,
  OrderOrigin,
  ResultType,
} from '@junction-api/sdk/serialization';
import type { Random } from '../random.ts';

/** What the lab will find for a marker, or why it will not. Decided when the order is placed. */
export interface Reading {
  marker: ClientFacingMarker.Raw;
  /** Where in the reference range the value lies, from 0 to 1. */
  level: number;
  type: ResultType.Raw;
  failure: FailureType.Raw;
  note: string;
}

/** The markers of an order; `lacking` are those without a result, if some have none. */
export interface Panel {
  readings: readonly Reading[];
  lacking: readonly Reading[];
}

/** How a result is reported, and how often. */
const TYPES: readonly (readonly [ResultType.Raw, weight: number])[] = [
  ['numeric', 14],
  ['range', 3],
  ['comment', 2],
  ['coded_value', 1],
];

/** Reasons for a missing result, their frequency, and the note of the lab. */
const FAILURES: readonly (readonly [FailureType.Raw, weight: number, note: string])[] = [
  ['quantity_not_sufficient_failure', 5, 'Quantity not sufficient'],
  ['insufficient_volume', 3, 'Insufficient volume for add-on testing'],
  ['collection_process_failure', 3, 'Specimen grossly hemolyzed'],
  ['internal_lab_failure', 3, 'Technical problem, test not performed'],
  ['drop_off_failure', 2, 'Specimen exceeds stability limits'],
  ['patient_condition_failure', 1, 'Lipemic specimen'],
  ['order_entry_failure', 1, 'Test code not on requisition'],
  ['missing_result_calc_failure', 1, 'Unable to calculate, component missing'],
  ['missing_demo_aoe_calc_failure', 1, 'Unable to calculate, patient age not given'],
  ['unknown_failure', 1, 'Test not performed'],
  ['non_failure', 1, 'Reported separately'],
];

/** The markers of the parent order and those without a result, if there is a parent. */
interface Family {
  origin: OrderOrigin.Raw;
  parent: { origin: OrderOrigin.Raw; panel: Panel } | null;
  markers: readonly ClientFacingMarker.Raw[];
}

/** A redraw covers the markers that its initial order lacks, and can miss all of them; other orders get some results. */
export function panelOf(random: Random, { origin, parent, markers }: Family): Panel {
  const isRetry = origin === 'redraw' && parent?.origin !== 'redraw';
  const repeated = (isRetry ? parent?.panel.lacking : parent?.panel.readings)?.map(({ marker }) => marker);
  const readings = (repeated ?? markers).map((marker) => readingOf(random, marker));
  const isOfRedraw = origin === 'redraw' || parent?.origin === 'redraw';
  const most = isOfRedraw ? readings.length : Math.max(1, readings.length - 1);
  const unlucky = random.shuffled(readings).slice(0, random.int(1, most));
  return { readings, lacking: readings.filter((reading) => unlucky.includes(reading)) };
}

function readingOf(random: Random, marker: ClientFacingMarker.Raw): Reading {
  const level = random.int(50, 950) / 1000;
  const [failure, , note] = random.weighted(FAILURES.map((one) => [one, one[1]] as const));
  return { marker, level, type: random.fork(`type/${marker.slug}`).weighted(TYPES), failure, note };
}

import type {
  BiomarkerResult,
  LabResultsMetadata,
  LabResultsRaw,
  MissingBiomarkerResult,
} from '@junction-api/sdk/serialization';
import { DAY, type Instant, spellDay, spellTime } from '../time.ts';
import { measureOf } from './measures.ts';
import { type Order, type OrderEvent, renderTransaction, type Transaction } from './order.ts';
import type { Reading } from './panel.ts';
import type { Patient } from './patient.ts';

/** The lab's reports on an order so far. */
interface Report {
  order: Order;
  at: Instant;
  status: 'partial' | 'final';
  found: readonly Reading[];
  missing: readonly Missing[];
}

type Missing = Pick<Reading, 'marker' | 'failure' | 'note'>;

const REPORTS = new Set(['partial_results', 'redraw_available', 'completed', 'corrected']);

/** The results of an order, in the shape of the results API; null until something is reported. */
export function orderResults(
  order: Order,
  transaction: Transaction,
  patient: Patient,
): LabResultsRaw.Raw | null {
  const report = reportOf(order);
  return report && render([report], report.missing, transaction, patient);
}

/**
 * The combined results of all orders of a transaction. Results of a later order replace those of earlier ones.
 */
export function transactionResults(transaction: Transaction, patient: Patient): LabResultsRaw.Raw | null {
  const reports = transaction.orders.map(reportOf).filter((report) => report !== null);
  if (reports.length === 0) return null;
  const missing = new Map<string, Missing>();
  for (const report of reports) {
    for (const reading of report.missing) missing.set(slugOf(reading), reading);
    for (const reading of report.found) missing.delete(slugOf(reading));
  }
  return render(reports, [...missing.values()], transaction, patient);
}

/** The markers without a result, as in an order payload; null if it does not report them. */
export function missingResults(order: Order, patient: Patient): MissingBiomarkerResult.Raw[] | null {
  const report = reportOf(order);
  if (!report || order.hasMissingResults === null) return null;
  return report.missing.map((reading) => renderMissing(reading, patient));
}

/** The markers of a partial report that are not in yet are not missing; only a final report says what is. */
function reportOf(order: Order): Report | null {
  const reported = order.events.findLast(({ low }) => REPORTS.has(low));
  if (!reported) return null;
  const { readings, lacking } = order.panel;
  const isPartial = reported.low === 'partial_results';
  const pending = isPartial && readings.length > 1 ? readings.slice(-1) : [];
  const missing = !isPartial && order.hasMissingResults ? lacking : [];
  return {
    order,
    at: reported.at,
    status: isPartial ? 'partial' : 'final',
    found: readings.filter((reading) => !pending.includes(reading) && !missing.includes(reading)),
    missing,
  };
}

function render(
  reports: readonly Report[],
  missing: readonly Missing[],
  transaction: Transaction,
  patient: Patient,
): LabResultsRaw.Raw {
  const found = new Map<string, BiomarkerResult.Raw>();
  for (const report of reports) {
    for (const reading of report.found) found.set(slugOf(reading), renderReading(reading, report, patient));
  }
  const isFinal = reports.some(({ status }) => status === 'final');
  return {
    metadata: renderMetadata(reports, patient),
    results: [...found.values()],
    missing_results: isFinal ? missing.map((reading) => renderMissing(reading, patient)) : null,
    sample_information: Object.fromEntries(
      reports.map((report) => [report.order.sampleId, sampleOf(report, patient)]),
    ),
    order_transaction: renderTransaction(transaction),
  };
}

function renderReading(reading: Reading, report: Report, patient: Patient): BiomarkerResult.Raw {
  const { marker } = reading;
  const { loinc, loincSlug } = measureOf(marker.slug);
  const { interpretation, source } = judged(reading, report);
  return {
    name: marker.name,
    slug: marker.slug,
    type: reading.type,
    ...renderValue(reading, interpretation !== 'normal', patient),
    timestamp: spellTime(report.at),
    interpretation,
    source_interpretation: source,
    loinc,
    loinc_slug: loincSlug,
    provider_id: marker.provider_id ?? null,
    source_markers: sourceOf(marker),
    performing_laboratory: report.order.labTest.lab?.name ?? null,
    source_sample_id: report.order.sampleId,
  };
}

/** The first marker of an abnormal or critical report is out of range. */
function judged(reading: Reading, { order, found }: Report) {
  const interpretation = (found[0] === reading ? order.interpretation : null) ?? 'normal';
  return { interpretation, source: { normal: 'N', abnormal: 'H', critical: 'HH' }[interpretation] };
}

function renderValue(reading: Reading, isOut: boolean, patient: Patient) {
  const isText = reading.type === 'comment' || reading.type === 'coded_value';
  return isText ? renderText(reading, isOut, patient) : renderNumber(reading, isOut, patient);
}

/** `Positive` or `DETECTED`. Notes repeat a comment. */
function renderText({ type }: Reading, isOut: boolean, { labValue, labNotes }: Patient) {
  const [found, clear] = type === 'comment' ? ['Positive', 'Negative'] : ['DETECTED', 'NOT_DETECTED'];
  const result = labValue === null ? (isOut ? found : clear) : String(labValue);
  return { result, unit: null, notes: labNotes ?? (type === 'comment' ? result : null), ...NO_RANGE };
}

/** `3.20`, or a range like `<4.5`, which the notes repeat. */
function renderNumber({ marker, type, level }: Reading, isOut: boolean, { labValue, labNotes }: Patient) {
  const { low, high, digits } = measureOf(marker.slug);
  const likely = isOut ? high * (1.1 + level) : low + level * (high - low);
  const bound = `${isOut ? '>' : '<'}${labValue ?? high}`;
  const result = type === 'range' ? bound : (labValue ?? likely).toFixed(digits);
  return {
    result,
    unit: marker.unit ?? null,
    notes: labNotes ?? (type === 'range' ? result : 'Final'),
    reference_range: `${low}-${high}`,
    min_range_value: low,
    max_range_value: high,
    is_above_max_range: isOut,
    is_below_min_range: false,
  };
}

const NO_RANGE = {
  reference_range: null,
  min_range_value: null,
  max_range_value: null,
  is_above_max_range: null,
  is_below_min_range: null,
};

function renderMissing({ marker, failure, note }: Missing, patient: Patient): MissingBiomarkerResult.Raw {
  const { loinc, loincSlug } = measureOf(marker.slug);
  return {
    name: marker.name,
    slug: marker.slug,
    inferred_failure_type: failure,
    note: patient.labNotes ?? note,
    loinc,
    loinc_slug: loincSlug,
    provider_id: marker.provider_id ?? null,
    source_markers: sourceOf(marker),
  };
}

function renderMetadata(reports: readonly Report[], patient: Patient): LabResultsMetadata.Raw {
  const [first, last] = [reports[0], reports.at(-1)] as [Report, Report];
  const { details, physician } = patient;
  const worst = ['critical', 'abnormal', 'normal'] as const;
  const interpretations = reports.map(({ order }) => order.interpretation);
  return {
    age: patient.age ?? String(Number(spellDay(last.at).slice(0, 4)) - Number(details.dob.slice(0, 4))),
    dob: details.dob,
    'clia_#': '05D0642827',
    patient: `${details.first_name} ${details.last_name}`,
    provider: `Dr. ${physician.first_name} ${physician.last_name}`,
    laboratory: first.order.labTest.lab?.name ?? null,
    date_reported: spellDay(last.at),
    date_collected: spellDay(collectedAt(first)),
    specimen_number: last.order.sampleId,
    date_received: spellDay(collectedAt(last) + DAY),
    status: reports.some(({ status }) => status === 'partial') ? 'partial' : 'final',
    interpretation: worst.find((one) => interpretations.includes(one)) ?? 'normal',
    patient_id: patient.labPatientId,
    account_id: '73014866',
  };
}

function sampleOf(report: Report, patient: Patient) {
  return {
    sample_id: report.order.sampleId,
    control_number: report.order.sampleId,
    date_collected: spellTime(collectedAt(report)),
    date_received: spellTime(collectedAt(report) + DAY),
    date_reported: spellTime(report.at),
    clinical_information: { fasting: false, notes: patient.clinicalNotes, information: patient.notes },
  };
}

/** For orders without a reported draw, the day before their result. */
function collectedAt({ order, at }: Report): Instant {
  const drawn = order.events.find((event: OrderEvent) => event.low === 'draw_completed')?.at;
  return drawn ?? order.drawnAt ?? at - DAY;
}

function slugOf({ marker }: Pick<Reading, 'marker'>): string {
  return marker.slug;
}

function sourceOf({ id, name, slug, provider_id }: Reading['marker']) {
  return [{ marker_id: id, name, slug, provider_id: provider_id ?? null }];
}

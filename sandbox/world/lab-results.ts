import type {
  BiomarkerResult,
  LabResultsMetadata,
  LabResultsRaw,
  MissingBiomarkerResult,
} from '@junction-api/sdk/serialization';
import { DAY, type Instant, spellDay, spellTime } from '../time.ts';
import { type Measure, measureOf } from './measures.ts';
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

/** In a partial result, the last marker is missing without a reason. */
function reportOf(order: Order): Report | null {
  const reported = order.events.findLast(({ low }) => REPORTS.has(low));
  if (!reported) return null;
  const { readings, lacking } = order.panel;
  const isPartial = reported.low === 'partial_results';
  const pending = isPartial && readings.length > 1 ? readings.slice(-1) : [];
  const failed = !isPartial && order.hasMissingResults ? lacking : [];
  const out = [...pending, ...failed];
  return {
    order,
    at: reported.at,
    status: isPartial ? 'partial' : 'final',
    found: readings.filter((reading) => !out.includes(reading)),
    missing: [...pending.map(notYet), ...failed],
  };
}

function notYet({ marker }: Reading): Missing {
  return { marker, failure: 'non_failure', note: 'Not yet reported' };
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
  return {
    metadata: renderMetadata(reports, patient),
    results: [...found.values()],
    missing_results: missing.map((reading) => renderMissing(reading, patient)),
    sample_information: { [patient.sampleId]: sampleOf(reports, patient) },
    order_transaction: renderTransaction(transaction),
  };
}

function renderReading(reading: Reading, report: Report, patient: Patient): BiomarkerResult.Raw {
  const { marker } = reading;
  const measure = measureOf(marker.slug);
  const { value, isAbove } = measured(reading, measure, report, patient);
  const interpretation = isAbove ? 'abnormal' : 'normal';
  return {
    name: marker.name,
    slug: marker.slug,
    result: value.toFixed(measure.digits),
    type: 'numeric',
    unit: marker.unit ?? null,
    timestamp: spellTime(report.at),
    notes: patient.labNotes ?? 'Final',
    reference_range: `${measure.low}-${measure.high}`,
    min_range_value: measure.low,
    max_range_value: measure.high,
    is_above_max_range: isAbove,
    is_below_min_range: false,
    interpretation,
    source_interpretation: isAbove ? 'H' : 'N',
    loinc: measure.loinc,
    loinc_slug: measure.loincSlug,
    provider_id: marker.provider_id ?? null,
    source_markers: sourceOf(marker),
    performing_laboratory: report.order.labTest.lab?.name ?? null,
    source_sample_id: patient.sampleId,
  };
}

/** Abnormal and critical orders have their first marker above the range, as a correction does. */
function measured(reading: Reading, { low, high }: Measure, { order, found }: Report, patient: Patient) {
  const isAbove = found[0] === reading && (order.interpretation ?? 'normal') !== 'normal';
  if (patient.labValue !== null) return { value: patient.labValue, isAbove };
  return { value: isAbove ? high * (1.1 + reading.level) : low + reading.level * (high - low), isAbove };
}

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
    specimen_number: patient.sampleId,
    date_received: spellDay(collectedAt(last) + DAY),
    status: reports.some(({ status }) => status === 'partial') ? 'partial' : 'final',
    interpretation: worst.find((one) => interpretations.includes(one)) ?? 'normal',
    patient_id: patient.labPatientId,
    account_id: '73014866',
  };
}

function sampleOf(reports: readonly Report[], patient: Patient) {
  const [first, last] = [reports[0], reports.at(-1)] as [Report, Report];
  return {
    sample_id: patient.sampleId,
    control_number: patient.sampleId,
    date_collected: spellTime(collectedAt(first)),
    date_received: spellTime(collectedAt(last) + DAY),
    date_reported: spellTime(last.at),
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

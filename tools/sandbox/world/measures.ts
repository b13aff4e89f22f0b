/** The LOINC code of a marker, its unit, and the reference range of an adult. */
export interface Measure {
  loinc: string;
  loincSlug: string;
  low: number;
  high: number;
  /** Decimal places. */
  digits: number;
}

const MEASURES: Record<string, Measure> = {
  'thyroid-stimulating-hormone': measure('3016-3', 'thyrotropin-units-vol', 0.45, 4.5, 2),
  ferritin: measure('2276-4', 'ferritin-mass-vol', 16, 288, 0),
  'hemoglobin-a1c': measure('4548-4', 'hemoglobin-a1c-hemoglobin-total-pct', 4, 5.6, 1),
  'lead-blood-adult': measure('5671-3', 'lead-mass-vol-bld', 0, 3.4, 1),
  'vitamin-d-25-hydroxy': measure('62292-8', 'vitamin-d-25-hydroxy-mass-vol', 30, 100, 1),
};

export function measureOf(slug: string): Measure {
  const found = MEASURES[slug];
  if (!found) throw new Error(`No measure for the marker ${slug}`);
  return found;
}

function measure(loinc: string, loincSlug: string, low: number, high: number, digits: number): Measure {
  return { loinc, loincSlug, low, high, digits };
}

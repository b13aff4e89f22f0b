import type { HasScope } from '../../http/identity.ts';

/** Junction's summary of the results of an order, for a caller who may open results; null for others. */
export function shownInterpretation(
  { interpretation }: { readonly interpretation: string | null },
  hasScope: HasScope,
): string | null {
  return hasScope('results/read') ? interpretation : null;
}

import type { Fault } from '../../../core/domain/request-refused.ts';
import type { Circumstances } from './circumstances.ts';
import type { OrderDraft } from './order-request.ts';

/** A word for a unit at the end of a line, without the number or letter that has to follow. */
const UNIT_WITHOUT_NUMBER =
  /(?:^|[\s,])(?:#|(?:apt|apartment|unit|suite|ste|room|rm|floor)\.?(?:\s*#)?)\s*$/i;
/** Digits that are not part of the street number: a unit number, or a numbered street such as "5th Avenue". */
const OTHER_NUMBERS =
  /\b(?:apt|apartment|unit|suite|ste|room|rm|floor)\.?(?:\s*#)?\s*\w+|\b\d+(?:st|nd|rd|th)\b/gi;
const POST_BOX = /\bP\.?\s*O\.?\s*Box\b/i;

/**
 * The rules about the address of a draw at home, which a phlebotomist must be able to reach.
 * https://docs.junction.com/lab/at-home-phlebotomy/overview
 */
export function addressFaults(
  { firstLine, secondLine }: OrderDraft,
  modality: string | null,
  { homeService }: Circumstances,
): Fault[] {
  if (modality !== 'at_home_phlebotomy') return [];
  const faults: Fault[] = [];
  const add = (field: string, detail: string) => void faults.push({ field, detail });
  if (firstLine !== null && POST_BOX.test(firstLine)) {
    add('patient_address.first_line', 'An at-home draw is not possible at a post office box.');
  } else if (firstLine !== null && !/\d/.test(firstLine.replaceAll(OTHER_NUMBERS, ''))) {
    add('patient_address.first_line', 'The address has no street number.');
  }
  const [first, second] = [firstLine ?? '', secondLine ?? ''];
  if (UNIT_WITHOUT_NUMBER.test(second) || (UNIT_WITHOUT_NUMBER.test(first) && !/[\dA-Z]/i.test(second))) {
    add(
      second.trim() === '' ? 'patient_address.first_line' : 'patient_address.second_line',
      'The address has a unit designator without a number.',
    );
  }
  if (homeService?.served === false) {
    add('patient_address.zip', 'No at-home phlebotomy provider serves this ZIP code.');
  }
  return faults;
}

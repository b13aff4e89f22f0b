import { type MetadataJson, type NumberType, parsePhoneNumberWithError } from 'libphonenumber-js/core';
import * as z from 'zod/mini';
import metadata from './phone-metadata.json' with { type: 'json' };

/** How people write a US number: digits in groups. Anything else, such as an extension, could change who is called. */
const WRITTEN = /^\+?[\d ().-]{10,25}$/;
/** Kinds of numbers that a patient can have. Toll-free and premium numbers, for example, are of companies. */
const PERSONAL: readonly NumberType[] = ['FIXED_LINE_OR_MOBILE', 'FIXED_LINE', 'MOBILE'];

/**
 * A US phone number in E.164; null if the text is not one. The text has the ten digits of the number, with or without the
 * country code 1; after a `+`, the country code must be there. Nothing is added or left out to make a number valid,
 * because the number would be a stranger's.
 */
export function phoneNumber(given: string | null): string | null {
  const text = given?.trim() ?? '';
  if (!WRITTEN.test(text)) return null;
  const digits = text.replaceAll(/\D/g, '');
  if (text.startsWith('+') && !digits.startsWith('1')) return null;
  const number = digits.length === 10 ? `+1${digits}` : `+${digits}`;
  return isUsNumber(number) ? number : null;
}

function isUsNumber(number: string): boolean {
  try {
    const parsed = parsePhoneNumberWithError(number, { extract: false }, metadata as unknown as MetadataJson);
    return parsed.number === number && parsed.isValid() && PERSONAL.includes(parsed.getType());
  } catch {
    // The library throws for everything that is no number.
    return false;
  }
}

const email = z.email();
/** RFC 5321: the longest path is 256 characters with its angle brackets. */
const MAX_EMAIL = 254;

/** An email address as it was given, without spaces around it; null if the text is not one. */
export function emailAddress(given: string | null): string | null {
  const text = given?.trim() ?? '';
  return text.length <= MAX_EMAIL ? (email.safeParse(text).data ?? null) : null;
}

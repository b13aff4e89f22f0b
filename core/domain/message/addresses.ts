import * as z from 'zod/mini';

/** Ten digits of the North American Numbering Plan: neither the area code nor the exchange begins with 0 or 1. */
const NATIONAL = /^[2-9]\d{2}[2-9]\d{6}$/;
const email = z.email();

/** A US phone number in E.164; null if the text is not one. The provider validates the rest. */
export function phoneNumber(text: string | null): string | null {
  const digits = text?.replaceAll(/\D/g, '') ?? '';
  const national = digits.length === 11 && digits.startsWith('1') ? digits.slice(1) : digits;
  return NATIONAL.test(national) ? `+1${national}` : null;
}

/** An email address; null if the text is not one. */
export function emailAddress(text: string | null): string | null {
  return email.safeParse(text?.trim()).data ?? null;
}

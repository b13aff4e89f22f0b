import * as z from 'zod/mini';
import { describe } from '../domain/describe.ts';
import { parseInstant } from '../domain/instant.ts';
import { MAX_LENGTH, readOpaqueId, readUuid } from '../junction/fields.ts';

/** Texts in requests and events that are read as those in Junction's payloads. */

/** Replaces a text by the result of `read`. If that is null, the text is invalid. */
function readAs(read: (given: string) => string | null, message: string): z.core.CheckFn<string> {
  return (payload) => {
    const { value: input } = payload;
    const value = read(input);
    if (value === null) payload.issues.push({ code: 'custom', message, input, continue: true });
    else payload.value = value;
  };
}

const text = z.string();

export const uuid = text.check(readAs(readUuid, 'not a UUID'));
DOCS: describe(uuid, { json: { type: 'string', format: 'uuid' } });

/** Text that can be stored. JSON can contain an escaped lone surrogate, which is not a character. */
export const unicode = readAs((given) => (given.isWellFormed() ? given : null), 'not Unicode text');

export const opaqueId = text.check(
  z.minLength(1),
  z.maxLength(MAX_LENGTH),
  unicode,
  readAs(readOpaqueId, 'not one line of text'),
);

export const instant = text.check(readAs(parseInstant, 'not a date-time'));
DOCS: describe(instant, { json: { type: 'string', format: 'date-time' } });

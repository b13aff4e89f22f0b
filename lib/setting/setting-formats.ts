import * as z from 'zod';
import { parseDuration } from '../../core/domain/duration.ts';
import { ON_OFF } from '../../core/environment/on-off.ts';
import {
  hasDeployTimeValue,
  isDeployTimeList,
  isDeployTimeValue,
  withStandIns,
} from './deploy-time-values.ts';

/** Accepts numbers and digits: `-c key=value` always passes text, cdk.json can contain numbers. */
export const wholeNumber = (min: number, max: number) =>
  z
    .union([z.int(), z.string().regex(/^\d+$/).transform(Number)])
    .refine((value) => value >= min && value <= max);

/** A setting that is a whole number of something. */
export const count = (of: string, min: number, max: number, defaultValue: number) => ({
  type: 'number',
  schema: wholeNumber(min, max).default(defaultValue),
  expected: `a whole number of ${of}, ${min} to ${max}`,
});

export const list = (entry: z.ZodType<string, string>) =>
  z
    .union([z.array(z.string()), z.string().transform((text) => text.split(',').map((part) => part.trim()))])
    .pipe(z.array(entry).min(1));

/** Also accepts a list that exists only at deployment. */
export const listOrDeployTime = (entry: z.ZodType<string, string>) =>
  z.union([z.tuple([z.string().refine(isDeployTimeList)]), list(entry)]);

/** Stands for a host name or a part of one, for a part of a path, and for an id. */
const hostName = (index: number) => `value${index}.example.com`;

const knownOfText = (text: string) => withStandIns(text, hostName).text;

/** A text that begins with a value can have the beginning of a URL in it. */
const knownOfUrl = (text: string) =>
  withStandIns(text, (index) =>
    index === 0 && text.startsWith('$') ? `https://${hostName(index)}` : hostName(index),
  ).text;

/** The parts of an ARN have forms of their own. */
const knownOfArn = (text: string) =>
  withStandIns(text, () => 'value')
    .text.split(':')
    .map((part, at) => (part.includes('value') ? (knownParts[at] ?? part) : part))
    .join(':');
const knownParts: readonly (string | undefined)[] = ['arn', 'aws', undefined, 'us-east-1', '111122223333'];

/**
 * Also accepts text from constructs of the same app, whose value exists only at deployment. The rest of the text must fit the
 * schema. Such a text stays as it is.
 */
const orDeployTime = (schema: z.ZodType<string, string>, known: (text: string) => string) =>
  z.union([
    z
      .string()
      .refine(hasDeployTimeValue)
      .refine((text) => isDeployTimeValue(text) || schema.safeParse(known(text)).success),
    schema,
  ]);

export const textOrDeployTime = (schema: z.ZodType<string, string>) => orDeployTime(schema, knownOfText);
export const urlOrDeployTime = (schema: z.ZodType<string, string>) => orDeployTime(schema, knownOfUrl);
export const arnOrDeployTime = (form: RegExp) => orDeployTime(z.string().regex(form), knownOfArn);

export const httpsUrl = z.url({ protocol: /^https$/ });

/** An origin as browsers send it; no other spelling would match. API Gateway accepts no wildcard within an origin. */
export const origin = z
  .union([httpsUrl, z.url({ protocol: /^http$/, hostname: /^localhost$/ })])
  .refine((text) => !text.includes('*') && new URL(text).href === `${new URL(text).origin}/`)
  .transform((text) => new URL(text).origin);

/** Kept as a string: the functions parse it by the same rule when they start. */
export const isoDuration = z.string().refine((text) => parseDuration(text) !== null);

export const duration = (defaultValue: string) => ({
  type: 'IsoDuration',
  schema: isoDuration.default(defaultValue),
  expected:
    'an ISO 8601 duration of weeks, days, hours, minutes and seconds, longer than zero and at most ten years (for example P7D or PT1H30M)',
});

/** The same, or `off` for a clock that a team does not want. cdk.json may also say false. */
export const durationOrOff = (defaultValue: string) => {
  const { schema, expected } = duration(defaultValue);
  const off = z.union([z.literal('off'), z.literal(false).transform(() => 'off')]);
  return { type: "IsoDuration | 'off'", schema: z.union([off, schema]), expected: `${expected}, or off` };
};

export const onOff = z.union([z.enum(ON_OFF), z.boolean().transform((on) => (on ? 'on' : 'off'))]);

/** A switch of a deployment. */
export const onOffSetting = (defaultValue: 'on' | 'off', expected = 'on or off') => ({
  type: 'OnOff',
  schema: onOff.default(defaultValue),
  expected,
});

const MINUTE = 60_000;

/** A rate that EventBridge Scheduler accepts: whole minutes. */
export const interval = z.string().refine((text) => {
  const milliseconds = parseDuration(text) ?? 0;
  return milliseconds % MINUTE === 0 && milliseconds >= MINUTE && milliseconds <= 1_440 * MINUTE;
});

/** A name of the IANA database. Offsets such as +01:00 are rejected: they ignore daylight saving time. */
export const timeZone = z
  .string()
  .regex(/^[A-Za-z]/)
  .transform((name, context) => {
    try {
      const { timeZone: known } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
      return known.toLowerCase() === name.toLowerCase() ? known : name;
    } catch {
      context.addIssue('unknown time zone');
      return z.NEVER;
    }
  });

/**
 * Values that exist only at deployment, such as the ARN of another construct of the same app. In texts, the CDK has markers for
 * them. They are recognized by their form, because the commands that read a configuration do not load the CDK.
 * https://docs.aws.amazon.com/cdk/v2/guide/tokens.html
 */
const MARKER = /\$\{Token\[[\w:.-]+\]\}/g;
const LIST_MARKER = /^#\{Token\[[\w:.-]+\]\}$/;

/** Numbers below this are markers. The CDK makes them from -1.8881545897087626e+289. */
const MARKED_NUMBERS = -1e289;

/** Whether a text has a value that exists only at deployment. */
export function hasDeployTimeValue(text: string): boolean {
  return text.search(MARKER) >= 0;
}

/** Whether a text is one value that exists only at deployment, and nothing else. */
export function isDeployTimeValue(text: string): boolean {
  return hasDeployTimeValue(text) && text.replace(MARKER, '') === '';
}

/** Whether an entry of a list stands for a whole list that exists only at deployment. */
export function isDeployTimeList(entry: string): boolean {
  return LIST_MARKER.test(entry);
}

/** Whether a setting of any form depends on a value that exists only at deployment. */
export function dependsOnDeployment(setting: unknown): boolean {
  if (typeof setting === 'string') return hasDeployTimeValue(setting) || isDeployTimeList(setting);
  if (typeof setting === 'number') return setting < MARKED_NUMBERS;
  return typeof setting === 'object' && setting !== null && Object.values(setting).some(dependsOnDeployment);
}

const exampleOfValue = `\${Token[TOKEN.0]}`;

/** A value of each form in which a setting can exist only at deployment. */
export const deployTimeExamples: readonly unknown[] = [
  exampleOfValue,
  [exampleOfValue],
  [`${exampleOfValue}/32`],
];

/** A text in which other texts stand for the values that exist only at deployment. */
export interface WithStandIns {
  readonly text: string;
  /** Puts the values back into a text that was made from this one. */
  restore(made: string): string;
}

/**
 * Replaces each value that exists only at deployment, so that the rest of the text can be parsed.
 *
 * @param standIn by the number of the value in the text; a text that does not occur otherwise
 */
export function withStandIns(original: string, standIn: (index: number) => string): WithStandIns {
  const markers: string[] = [];
  const text = original.replaceAll(MARKER, (marker) => standIn(markers.push(marker) - 1));
  return {
    text,
    restore: (made) =>
      markers.reduce((left, marker, index) => left.replaceAll(standIn(index), () => marker), made),
  };
}

/** The environment variable of a setting: `redrawNoOrder` is `REDRAW_NO_ORDER`. */
export type VariableOf<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Uppercase<First> ? '_' : ''}${Uppercase<First>}${VariableOf<Rest>}`
  : '';

export function variableOf<Name extends string>(setting: Name): VariableOf<Name> {
  return setting.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase() as VariableOf<Name>;
}

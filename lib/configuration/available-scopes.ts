import { orderingScopes } from '../../capabilities/ordering/api/scopes.ts';
import { scopesOfPeople } from '../../core/http/groups.ts';
import { capabilitySettings } from './capability-settings.ts';
import type { Configuration } from './configuration-keys.ts';

/** The optional features of a stage: the setting, whether it is on, and the scopes used only by its routes. */
const optional = [
  ...capabilitySettings,
  {
    switch: 'ordering',
    isOn: ({ ordering }: Configuration) => ordering === 'on',
    scopes: Object.values(orderingScopes),
  },
];

/** The setting that has to be switched on before a stage has routes that need this scope; null if it has such routes. */
export function missingFor(configuration: Configuration, scope: string): string | null {
  const off = optional.find(({ scopes, isOn }) => isIn(scopes, scope) && !isOn(configuration));
  return off?.switch ?? null;
}

const isIn = (scopes: readonly string[], scope: string) => scopes.includes(scope);

/** The scopes that people of a stage can get: those that its routes need. */
export function availableToPeople(configuration: Configuration): string[] {
  return scopesOfPeople.filter((scope) => missingFor(configuration, scope) === null);
}

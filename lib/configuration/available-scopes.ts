import { messageScopes } from '../../capabilities/messages/api/scopes.ts';
import { scopesOfPeople } from '../../core/http/groups.ts';
import { orderingScopes } from '../../core/http/route-scopes.ts';
import type { Configuration } from './configuration-keys.ts';

type Switches = Pick<Configuration, 'patientMessages' | 'ordering'>;

/** The optional features of a stage: the setting, whether it is on, and the scopes used only by its routes. */
const optional: readonly {
  readonly setting: keyof Switches;
  readonly isOn: (configuration: Switches) => boolean;
  readonly scopes: readonly string[];
}[] = [
  {
    setting: 'patientMessages',
    isOn: ({ patientMessages }) => patientMessages.length > 0,
    scopes: Object.values(messageScopes),
  },
  { setting: 'ordering', isOn: ({ ordering }) => ordering === 'on', scopes: Object.values(orderingScopes) },
];

/** The setting that has to be switched on before a stage has routes that need this scope; null if it has such routes. */
export function missingFor(configuration: Switches, scope: string): keyof Switches | null {
  const off = optional.find(({ scopes, isOn }) => scopes.includes(scope) && !isOn(configuration));
  return off?.setting ?? null;
}

/** The scopes that people of a stage can get: those that its routes need. */
export function availableToPeople(configuration: Switches): string[] {
  return scopesOfPeople.filter((scope) => missingFor(configuration, scope) === null);
}

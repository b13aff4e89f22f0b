import { type Group, scopesOfGroup, scopesOfPeople } from '../../core/http/groups.ts';
import { messageScopes, orderingScopes } from '../../core/http/route-scopes.ts';
import type { Configuration } from './configuration-keys.ts';
import { channelsOf } from './message-channels.ts';

type Switches = Pick<Configuration, 'patientMessages' | 'ordering'>;

/** The optional features of a stage: the setting, whether it is on, and the scopes used only by its routes. */
const optional: readonly {
  readonly setting: keyof Switches;
  readonly isOn: (configuration: Switches) => boolean;
  readonly scopes: readonly string[];
}[] = [
  {
    setting: 'patientMessages',
    isOn: (configuration) => channelsOf(configuration).length > 0,
    scopes: Object.values(messageScopes),
  },
  { setting: 'ordering', isOn: ({ ordering }) => ordering === 'on', scopes: Object.values(orderingScopes) },
];

/** The setting that has to be switched on before a stage has routes that need this scope; null if it has such routes. */
export function missingFor(configuration: Switches, scope: string): keyof Switches | null {
  const off = optional.find(({ scopes, isOn }) => scopes.includes(scope) && !isOn(configuration));
  return off?.setting ?? null;
}

/** Whether the stage has routes that need this scope. */
export function isAvailable(configuration: Switches, scope: string): boolean {
  return missingFor(configuration, scope) === null;
}

/** The scopes that people of a stage can get. */
export function availableToPeople(configuration: Switches): string[] {
  return scopesOfPeople.filter((scope) => isAvailable(configuration, scope));
}

/** The groups of a stage. A group without a scope of its own would duplicate the viewers. */
export function availableGroups(configuration: Switches): Group[] {
  const shared: readonly string[] = scopesOfGroup.viewers;
  return (Object.keys(scopesOfGroup) as Group[]).filter(
    (group) =>
      group === 'viewers' ||
      scopesOfGroup[group].some((scope) => !shared.includes(scope) && isAvailable(configuration, scope)),
  );
}

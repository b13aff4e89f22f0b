import { scopesOfPeople } from '../../core/http/groups.ts';
import { messageScopes } from '../../core/http/scopes.ts';
import type { Configuration } from '../configuration/configuration.ts';
import { channelsOf } from '../configuration/message-channels.ts';

const ofMessages: readonly string[] = Object.values(messageScopes);

/** Whether the stage has routes that need this scope. Those of messages exist only where messages are switched on. */
export function isAvailable(configuration: Configuration, scope: string): boolean {
  return channelsOf(configuration).length > 0 || !ofMessages.includes(scope);
}

/** The scopes that people of a stage can get. */
export function availableToPeople(configuration: Configuration): string[] {
  return scopesOfPeople.filter((scope) => isAvailable(configuration, scope));
}

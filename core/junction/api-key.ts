import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readSecret, SecretCache } from '../aws/secret-cache.ts';
import type { Team } from '../domain/team.ts';
import { forTeam, type PerTeam, valuesByTeam } from './per-team.ts';

/** The key for Junction's API, or one for each of several teams, in one secret. */
export class ApiKey {
  readonly #keys: SecretCache<PerTeam<string>>;

  /** @param teams none in a deployment of one team */
  constructor(client: SecretsManagerClient, secretId: string, teams: readonly Team[] = []) {
    this.#keys = new SecretCache(async (signal) => {
      const secret = (await readSecret(client, { SecretId: secretId }, signal))?.trim() ?? '';
      return teams.length === 0 ? theKey(secret) : keysOf(teams, valuesByTeam(secret));
    });
  }

  /** The key of a team; null while the deployer has stored none for it. */
  async read(now: Date, team: string | null): Promise<string | null> {
    return forTeam(await this.all(now), team);
  }

  /** Every key that is stored. Empty while there is none. */
  async all(now: Date): Promise<PerTeam<string>> {
    return (await this.#keys.read(now)) ?? new Map();
  }
}

/** The placeholder of a new secret is JSON; a key is not. */
const theKey = (secret: string): PerTeam<string> | null =>
  secret === '' || secret.startsWith('{') ? null : new Map([[null, secret]]);

/** Only of the teams of the deployment. */
function keysOf(teams: readonly Team[], stored: ReadonlyMap<string, string>): PerTeam<string> | null {
  const keys = new Map([...stored].filter(([id]) => teams.some((team) => team.id === id)));
  return keys.size === 0 ? null : keys;
}

import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readBothVersions, SecretCache } from '../aws/secret-cache.ts';
import { valuesByTeam } from './per-team.ts';
import {
  type Headers,
  type SignatureFault,
  type SigningKey,
  signatureFault,
  signingKey,
} from './signature.ts';

/** Which signing secrets are refused: anybody could have tried out or read them. */
export interface SecretRules {
  readonly minBytes: number;
  /** The fingerprints of published secrets. */
  readonly refused: ReadonlySet<string>;
}

/** The secret holds no usable `whsec_…` value. The deployer has to store the one from Junction's dashboard. */
export class SigningSecretMissing extends Error {
  override readonly name = 'SigningSecretMissing';
}

/**
 * The secrets whose signatures are valid: the current and the previous one. So no webhook is refused while a secret is
 * replaced here and at Junction, in either order.
 */
export class SigningSecrets {
  readonly #keys: SecretCache<readonly OwnedKey[]>;

  /** @param byTeam whether the secret holds those of several teams, as JSON */
  constructor(client: SecretsManagerClient, secretId: string, rules: SecretRules, byTeam = false) {
    const acceptedIn = (secret: string) =>
      [...(byTeam ? valuesByTeam(secret) : new Map([[null, secret]]))].flatMap(([team, value]) =>
        keysIn(value)
          .filter((key) => isAccepted(key, rules))
          .map((key) => ({ team, key })),
      );
    this.#keys = new SecretCache((signal) => readBothVersions(client, secretId, acceptedIn, signal));
  }

  /** Reads the secrets before the first delivery. Never fails: without them, the first delivery tries again. */
  readEarly(now: Date): Promise<void> {
    return this.#keys.readEarly(now);
  }

  /**
   * Why a delivery is not signed with one of the secrets; null if it is. Throws SigningSecretMissing if there is none.
   *
   * @param body the raw bytes
   * @param team the team whose secrets count; null in a deployment of one team
   */
  async faultIn(
    body: Buffer,
    headers: Headers,
    now: Date,
    team: string | null = null,
  ): Promise<SignatureFault | null> {
    const fault = signatureFault(body, headers, await this.keys(now, team));
    if (fault?.kind !== 'signature') return fault;
    // The secret may have just been rotated.
    const fresher = await this.fresher(now, team);
    return fresher ? signatureFault(body, headers, fresher) : fault;
  }

  /** The keys to try. Throws SigningSecretMissing if there is none. */
  async keys(now: Date, team: string | null = null): Promise<readonly SigningKey[]> {
    const held = await this.#keys.read(now);
    const own = ownedBy(team, held ?? []);
    if (own.length > 0 || held === null) return orMissing(own);
    // The secrets of other teams are stored, and this one's may just have been.
    return orMissing(ownedBy(team, (await this.#keys.fresher(now)) ?? []));
  }

  /** Reads the keys again; null if that fails or was tried a moment ago. Throws SigningSecretMissing if there is none. */
  async fresher(now: Date, team: string | null = null): Promise<readonly SigningKey[] | null> {
    const keys = await this.#keys.fresher(now);
    return keys === undefined ? null : orMissing(ownedBy(team, keys ?? []));
  }
}

/** A key, and the team that it belongs to; null in a deployment of one team. */
interface OwnedKey {
  readonly team: string | null;
  readonly key: SigningKey;
}

const ownedBy = (team: string | null, all: readonly OwnedKey[]): SigningKey[] =>
  all.filter((one) => one.team === team).map(({ key }) => key);

function orMissing(keys: readonly SigningKey[]): readonly SigningKey[] {
  if (keys.length > 0) return keys;
  throw new SigningSecretMissing(
    'The webhook secret holds no whsec_… value for this endpoint, or one that is too short or published.',
  );
}

const isAccepted = ({ length, fingerprint }: SigningKey, { minBytes, refused }: SecretRules): boolean =>
  length >= minBytes && !refused.has(fingerprint);

/** The keys in one secret, or in several that commas separate. */
function keysIn(secret: string): SigningKey[] {
  return secret.split(',').flatMap((one) => signingKey(one.trim()) ?? []);
}

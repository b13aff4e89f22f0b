import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Team } from '../../core/domain/team.ts';
import type { EncryptionKeys } from '../encryption/encryption-keys.ts';
import { UnrotatedSecret } from './unrotated-secret.ts';

export interface JunctionKeyProps {
  readonly keys: EncryptionKeys;
  readonly removalPolicy: RemovalPolicy;
  /** With several, the secret holds a key for each. */
  readonly teams: readonly Team[];
}

/** The team's key for Junction's API. */
export class JunctionApiKey extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, props: JunctionKeyProps) {
    super(scope, id);
    const description = 'Key for the API of Junction (x-vital-api-key).';
    this.secret = junctionKey(this, 'ApiKey', { ...props, description });
  }
}

/** The key with which the ordering function places orders and books appointments. No other function can read it. */
export class JunctionWriteKey extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, props: JunctionKeyProps) {
    super(scope, id);
    const description =
      'Key for the API of Junction (x-vital-api-key) that may place orders and book appointments.';
    this.secret = junctionKey(this, 'WriteKey', { ...props, description });
  }
}

const ONE_EACH = '{"<team id>": "<key>"} with the key of each team';

function junctionKey(
  scope: Construct,
  id: string,
  { teams, ...props }: JunctionKeyProps & { readonly description: string },
): Secret {
  return new UnrotatedSecret(scope, id, {
    ...props,
    description: `${props.description} Store ${teams.length === 0 ? 'the key of your team' : ONE_EACH}.`,
    // {"placeholder": "..."}: a function recognizes that no key is stored, and does not call Junction.
    generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'placeholder' },
    whyNotRotated:
      'Junction issues this key, and only its dashboard can create another. docs/deploy.md describes how to change it.',
  });
}

import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Team } from '../../core/domain/team.ts';
import type { EncryptionKeys } from '../encryption/encryption-keys.ts';
import { UnrotatedSecret } from '../storage/unrotated-secret.ts';

export interface WebhookSecretProps {
  readonly keys: EncryptionKeys;
  readonly removalPolicy: RemovalPolicy;
  /** With several, each has an endpoint with a secret. */
  readonly teams: readonly Team[];
}

/** The secret that Junction signs its webhooks with. */
export class WebhookSecret extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { keys, removalPolicy, teams }: WebhookSecretProps) {
    super(scope, id);
    this.secret = new UnrotatedSecret(this, 'SigningSecret', {
      description:
        teams.length === 0
          ? 'Signing secret of the Junction webhook endpoint (whsec_...). Store the secret that Junction shows.'
          : 'Signing secrets of the Junction webhook endpoints. Store {"<team id>": "whsec_..."} with the secret of each team.',
      keys,
      // Not a valid signing secret: no signature matches until the real one is stored.
      generateSecretString: { passwordLength: 32, excludePunctuation: true },
      removalPolicy,
      whyNotRotated:
        'Junction issues this secret, and only its dashboard can rotate it. docs/deploy.md describes how to rotate it without losing a delivery.',
    });
  }
}

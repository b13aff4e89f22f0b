import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { EncryptionKeys } from './encryption-keys.ts';
import { UnrotatedSecret } from './unrotated-secret.ts';

export interface JunctionApiKeyProps {
  readonly keys: EncryptionKeys;
  readonly removalPolicy: RemovalPolicy;
}

/** The team's key for Junction's API. */
export class JunctionApiKey extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { keys, removalPolicy }: JunctionApiKeyProps) {
    super(scope, id);
    this.secret = new UnrotatedSecret(this, 'ApiKey', {
      description: 'Key for the API of Junction (x-vital-api-key). Store the key of your team.',
      keys,
      // {"placeholder": "..."}: the function recognizes that no key is stored, and relies on webhooks alone.
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'placeholder' },
      removalPolicy,
      whyNotRotated:
        'Junction issues this key, and only its dashboard can create another. docs/deploy.md describes how to change it.',
    });
  }
}

import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { EncryptionKeys } from './encryption-keys.ts';
import { UnrotatedSecret } from './unrotated-secret.ts';

export interface JunctionWriteKeyProps {
  readonly keys: EncryptionKeys;
  readonly removalPolicy: RemovalPolicy;
}

/** The key with which the ordering function places orders and books appointments. No other function can read it. */
export class JunctionWriteKey extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { keys, removalPolicy }: JunctionWriteKeyProps) {
    super(scope, id);
    this.secret = new UnrotatedSecret(this, 'WriteKey', {
      description:
        'Key for the API of Junction (x-vital-api-key) that may place orders and book appointments.',
      keys,
      // {"placeholder": "..."}: the function recognizes that no key is stored, and refuses to order.
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'placeholder' },
      removalPolicy,
      whyNotRotated:
        'Junction issues this key, and only its dashboard can create another. docs/deploy.md describes how to change it.',
    });
  }
}

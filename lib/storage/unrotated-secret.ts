import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret, type SecretStringGenerator } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import type { EncryptionKeys } from '../encryption/encryption-keys.ts';

export interface UnrotatedSecretProps {
  readonly keys: EncryptionKeys;
  readonly removalPolicy: RemovalPolicy;
  readonly description: string;
  readonly generateSecretString: SecretStringGenerator;
  /** Why Secrets Manager does not rotate it, and how it is changed instead. */
  readonly whyNotRotated: string;
}

/** A secret that people change, not a schedule. */
export class UnrotatedSecret extends Secret {
  constructor(scope: Construct, id: string, { keys, whyNotRotated, ...props }: UnrotatedSecretProps) {
    super(scope, id, { ...props, encryptionKey: keys.data });
    Validations.of(this).acknowledge(
      { id: 'AwsSolutions-SMG4', reason: whyNotRotated },
      { id: 'HIPAA.Security-SecretsManagerRotationEnabled', reason: whyNotRotated },
    );
  }
}

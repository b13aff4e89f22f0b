import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { EncryptionKeys } from '../encryption/encryption-keys.ts';
import { UnrotatedSecret } from '../storage/unrotated-secret.ts';

export interface CursorSecretProps {
  readonly keys: EncryptionKeys;
  readonly removalPolicy: RemovalPolicy;
}

/** The secret that encrypts page cursors. */
export class CursorSecret extends Construct {
  readonly secret: Secret;

  constructor(scope: Construct, id: string, { keys, removalPolicy }: CursorSecretProps) {
    super(scope, id);
    this.secret = new UnrotatedSecret(this, 'CursorSecret', {
      description: 'Encrypts the page cursors of the query API so that nobody can read or forge one',
      keys,
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      removalPolicy,
      whyNotRotated:
        'It gives no access to data: every request needs a token, and a cursor only states where the next page starts. With it, somebody who has a cursor could read the id that a page ended with. docs/deploy.md has the command that replaces it; earlier cursors are then answered with 400, and a client begins its list again. A scheduled rotation would break lists that are being read, and protect nothing more.',
    });
  }
}

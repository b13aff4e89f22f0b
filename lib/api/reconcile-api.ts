import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { reconcileScopes } from '../../core/http/route-scopes.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import { type JunctionRoutesProps, junctionFunction } from './junction-function.ts';

export interface ReconcileApiProps extends JunctionRoutesProps {
  /** Holds the key for Junction's API. */
  readonly junctionApiKey: Secret;
}

/**
 * Reconciles a transaction with Junction on request, and discards what Junction does not know. A separate function, because the one that passes results on must not
 * write.
 */
export class ReconcileApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: ReconcileApiProps) {
    super(scope, id);
    this.function = junctionFunction(this, 'Reconcile', props, {
      name: 'reconcile',
      description: 'Reconciles a transaction with Junction on request',
      key: [props.junctionApiKey, 'JUNCTION_API_KEY_ARN'],
    });
    this.function.addClockVariables();
    this.function.addReadingVariables();
    // Each request causes several at Junction, whose rate limit the sweep shares.
    props.api.addProtectedRoutes(this.function, reconcileScopes, { requestsPerSecond: 2, burst: 5 });
  }
}

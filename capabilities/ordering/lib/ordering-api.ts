import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { type JunctionRoutesProps, junctionFunction } from '../../../lib/api/junction-function.ts';
import type { ServiceFunction } from '../../../lib/functions/service-function.ts';
import { orderingScopes } from '../api/scopes.ts';

export interface OrderingApiProps extends JunctionRoutesProps {
  /** Holds the key that may place orders and book appointments. */
  readonly junctionWriteKey: Secret;
}

/**
 * Passes orders, appointments and cancellations on to Junction. A separate function, so that only one role can read the key
 * that may write at Junction. Only in the template if ordering is on.
 */
export class OrderingApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: OrderingApiProps) {
    super(scope, id);
    this.function = junctionFunction(this, 'Ordering', props, {
      name: 'ordering',
      description: 'Passes orders, appointments and cancellations on to Junction',
      key: [props.junctionWriteKey, 'JUNCTION_WRITE_KEY_ARN'],
    });
    this.function.addClockVariables();
    this.function.addReadingVariables();
    props.api.addProtectedRoutes(this.function, orderingScopes);
  }
}

import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { resultScopes } from '../../core/http/route-scopes.ts';
import type { ServiceFunction } from '../functions/service-function.ts';
import { type JunctionRoutesProps, junctionFunction } from './junction-function.ts';

export interface ResultsApiProps extends JunctionRoutesProps {
  /** Holds the key for Junction's API. */
  readonly junctionApiKey: Secret;
}

/**
 * Passes lab results on from Junction. A separate function, so that the query function needs neither the key for
 * Junction's API nor the code that calls it.
 */
export class ResultsApi extends Construct {
  readonly function: ServiceFunction;

  constructor(scope: Construct, id: string, props: ResultsApiProps) {
    super(scope, id);
    this.function = junctionFunction(this, 'Results', props, {
      name: 'results',
      description: 'Passes lab results on from Junction',
      key: [props.junctionApiKey, 'JUNCTION_API_KEY_ARN'],
    });
    this.function.lambda.addEnvironment('PATIENT_NAMES', props.context.configuration.patientNames);
    props.api.addProtectedRoutes(this.function, resultScopes);
  }
}

import { Duration, Validations } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { parseDuration } from '../../core/domain/duration.ts';
import type { DeadLetterQueue } from '../functions/dead-letter-queue.ts';
import { Schedules } from '../functions/schedules.ts';
import { ServiceFunction, type ServiceFunctionContext } from '../functions/service-function.ts';
import type { OrdersTable } from '../storage/orders-table.ts';

export interface RedrawSweepProps {
  readonly context: ServiceFunctionContext;
  readonly table: OrdersTable;
  readonly deadLetters: DeadLetterQueue;
}

/** Looks for redraws that nobody acts on, by the clock, and asks Junction before it says so. */
export class RedrawSweep extends Construct {
  readonly function: ServiceFunction;
  /** The key of the team for Junction's API. */
  readonly apiKey: Secret;
  /** From one run to the next. */
  readonly interval: Duration;

  constructor(scope: Construct, id: string, { context, table, deadLetters }: RedrawSweepProps) {
    super(scope, id);
    const { configuration } = context;
    this.interval = Duration.millis(parseDuration(configuration.sweepEvery) ?? 0);
    this.apiKey = this.apiKeySecret(context);
    this.function = new ServiceFunction(this, 'Sweep', {
      context,
      name: 'sweep',
      description: 'Flags redraws that nobody acts on, after asking Junction',
      timeout: Duration.minutes(5),
      environment: {
        JUNCTION_BASE_URL: configuration.junctionBaseUrl,
        SWEEP_EVERY: configuration.sweepEvery,
        CHECK_UPDATES: configuration.checkUpdates,
        ...(configuration.teamId !== undefined && { TEAM_ID: configuration.teamId }),
      },
      // Two at once would do no harm, but ask Junction twice.
      ...(configuration.sweepOneAtATime === 'on' && { reservedConcurrentExecutions: 1 }),
    });
    this.function.tellClocks();
    this.function.readSecret(this.apiKey, 'JUNCTION_API_KEY_ARN');
    table.grantLists(this.function, ['open_redraws', 'checks']);
    // How many are open it counts by the counters.
    table.grantItems(this.function, ['COUNTERS'], ['BatchGetItem']);
    // What Junction tells is joined as a webhook would be, and brought into the transaction at once.
    table.grantItems(this.function, ['TX', 'ORDER'], ['GetItem']);
    table.grantItems(this.function, ['TX', 'COUNTERS'], ['DeleteItem']);
    table.grantTransactionWrites(this.function);
    // How far it has looked through what Junction changed.
    table.grantItems(this.function, ['MARK'], ['GetItem', 'PutItem']);
    this.runByTheClock(deadLetters);
  }

  private runByTheClock(deadLetters: DeadLetterQueue): void {
    // A run that comes later than the next one has nothing left to do.
    const schedules = new Schedules(this, 'Schedules', {
      fn: this.function,
      deadLetters,
      patience: this.interval,
    });
    schedules.add('Regular', {
      description: 'redraw-tracker: look for redraws that nobody acts on',
      expression: ScheduleExpression.rate(this.interval),
    });
  }

  private apiKeySecret({ keys, removalPolicy }: ServiceFunctionContext): Secret {
    const secret = new Secret(this, 'ApiKey', {
      description: 'Key for the API of Junction (x-vital-api-key). Put the one of your team.',
      encryptionKey: keys.data,
      // {"placeholder": "..."}: the function can tell that no key was put here, and goes by webhooks alone.
      generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'placeholder' },
      removalPolicy,
    });
    const issuedElsewhere =
      'Junction issues this key and only its dashboard can make another; docs/deploy.md says how to change it.';
    Validations.of(secret).acknowledge(
      { id: 'AwsSolutions-SMG4', reason: issuedElsewhere },
      { id: 'HIPAA.Security-SecretsManagerRotationEnabled', reason: issuedElsewhere },
    );
    return secret;
  }
}

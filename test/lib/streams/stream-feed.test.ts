import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { concurrencyQuota } from '../../../lib/functions/concurrency.ts';
import { customSettings, synthesize } from '../synthesized-stack.ts';

const stack = synthesize();
const mappings = Object.values(stack.ofType('AWS::Lambda::EventSourceMapping')).map(
  ({ Properties }) => Properties,
);

const mappingOf = (name: string) =>
  mappings.find(({ FunctionName }) => FunctionName.Ref === stack.functionNamed(name).id);

const patternsOf = (name: string) =>
  mappingOf(name).FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern));

const ofOrders = { Keys: { sk: { S: [{ prefix: 'ORDER' }] } } };
const others = { Keys: { sk: { S: [{ prefix: 'TX' }, 'MATCH_REVIEW'] } } };
const critical = { s_pk: { S: ['CRITICAL#open', 'CRITICAL#acknowledged'] } };

describe('the stream of the table', () => {
  it('has no more than the two readers that DynamoDB allows', () => {
    expect(mappings).toHaveLength(2);
    const streams = new Set(mappings.map(({ EventSourceArn }) => JSON.stringify(EventSourceArn)));
    expect(streams.size).toBe(1);
  });

  it('feeds recompute with changes of orders only', () => {
    expect(patternsOf('recompute')).toEqual([{ eventName: ['INSERT', 'MODIFY'], dynamodb: ofOrders }]);
  });

  it('feeds publish with all changes of transactions, match reviews and critical results, and nothing else', () => {
    expect(patternsOf('publish')).toEqual([
      { eventName: ['INSERT', 'MODIFY', 'REMOVE'], dynamodb: others },
      { eventName: ['INSERT', 'MODIFY'], dynamodb: { ...ofOrders, NewImage: critical } },
    ]);
  });

  it.each(['recompute', 'publish'])(
    'retries for %s by age and not by number, bisects a failing batch and keeps discarded records whole',
    (name) => {
      const mapping = mappingOf(name);
      expect(mapping.StartingPosition).toBe('TRIM_HORIZON');
      expect(mapping.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      expect(mapping.BisectBatchOnFunctionError).toBe(true);
      expect(mapping.MaximumRetryAttempts).toBe(-1);
      expect(mapping.MaximumRecordAgeInSeconds).toBe(43_200);
      // Only a bucket gets the records themselves. A queue or a topic gets a pointer into the stream.
      const [bucketId] = Object.keys(stack.ofType('AWS::S3::Bucket'));
      expect(mapping.DestinationConfig.OnFailure.Destination).toEqual({ 'Fn::GetAtt': [bucketId, 'Arn'] });
    },
  );

  it('leaves concurrency to the webhook in an account with ten, and follows the configuration', () => {
    const factors = (settings: Record<string, unknown> = {}) =>
      Object.values(synthesize(settings).ofType('AWS::Lambda::EventSourceMapping')).map(
        ({ Properties }) => Properties.ParallelizationFactor,
      );
    const shardsOfNewTable = 4;
    const taken = factors().reduce((sum, factor) => sum + factor * shardsOfNewTable, 0);
    expect(taken).toBeLessThanOrEqual(10 - 2);
    expect(factors(customSettings)).toEqual([10, 10]);
  });

  it.each(['recompute', 'publish'])('is created after the permissions of %s', (name) => {
    const policies = Object.keys(stack.ofType('AWS::IAM::ManagedPolicy'));
    const { DependsOn = [] } = stack.functionNamed(name).resource;
    expect(DependsOn.filter((id) => policies.includes(id))).toHaveLength(1);
  });
});

describe('the quota of concurrent executions', () => {
  it('is not used up by default, because a new account has nothing to reserve', () => {
    const reserved = Object.values(stack.ofType('AWS::Lambda::Function')).filter(
      ({ Properties }) => Properties.ReservedConcurrentExecutions !== undefined,
    );
    expect(reserved).toEqual([]);
  });

  it('is raised by the documented command to the value that the checks recommend', () => {
    const { service, code, recommended } = concurrencyQuota;
    const page = readFileSync(join(import.meta.dirname, '..', '..', '..', 'docs', 'deploy.md'), 'utf8');
    expect(page).toContain(`--service-code ${service} --quota-code ${code} --desired-value ${recommended}\n`);
  });
});

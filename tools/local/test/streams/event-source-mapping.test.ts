import { expect, it } from 'vitest';
import type { FunctionDefinition } from '../../runtime/function-definition.ts';
import { readEventSourceMappings } from '../../streams/event-source-mapping.ts';
import { openTemplate } from '../../template/template.ts';
import { template } from '../fixtures/tiny-assembly.ts';

function read(further: object) {
  const tiny = template();
  Object.assign(tiny.Resources.Mapping.Properties, further);
  const functions = [{ name: 'keeper', physicalName: 'KeeperFunction' }] as FunctionDefinition[];
  return readEventSourceMappings(openTemplate({ template: tiny, assets: new Map() }), functions);
}

it.each<[string, object, RegExp]>([
  ['a batching window', { MaximumBatchingWindowInSeconds: 5 }, /MaximumBatchingWindowInSeconds: unsupported/],
  ['a limit of retries', { MaximumRetryAttempts: 2 }, /MaximumRetryAttempts: only -1 is supported/],
  ['another starting position', { StartingPosition: 'LATEST' }, /StartingPosition/],
  ['another event source', { EventSourceArn: 'arn:aws:sqs:::queue' }, /streams of tables only/],
  [
    'an on-failure destination that is not a bucket',
    { DestinationConfig: { OnFailure: { Destination: 'arn:aws:sqs:::queue' } } },
    /arn:aws:sqs:::queue, is not a bucket of the template/,
  ],
])('refuses a mapping with %s', (_, further, message) => {
  expect(read({})).toMatchObject([{ id: 'Mapping', batchSize: 4, failureBucket: 'Failures' }]);
  expect(() => read(further)).toThrow(message);
});

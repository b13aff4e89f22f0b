import { expect, it } from 'vitest';
import { createTables } from '../../database/tables.ts';
import { openTemplate } from '../../template/template.ts';
import { template } from '../fixtures/tiny-assembly.ts';

const index = (Projection: object) => ({
  IndexName: 'by_due',
  KeySchema: [{ AttributeName: 'due', KeyType: 'HASH' }],
  Projection,
});

it.each<[string, object, RegExp]>([
  [
    'an index with whole items',
    { GlobalSecondaryIndexes: [index({ ProjectionType: 'ALL' })] },
    /ProjectionType: unsupported projection/,
  ],
  [
    'an index with further attributes',
    { GlobalSecondaryIndexes: [index({ ProjectionType: 'KEYS_ONLY', NonKeyAttributes: ['n'] })] },
    /NonKeyAttributes: unsupported property/,
  ],
  [
    'a key that is no text',
    { AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'N' }] },
    /AttributeType: unsupported type of key/,
  ],
  ['a stream of keys', { StreamSpecification: { StreamViewType: 'KEYS_ONLY' } }, /unsupported view/],
])('refuses a table with %s before it creates any', async (_, further, message) => {
  const tiny = template();
  Object.assign(tiny.Resources.Items.Properties, further);
  const creating = createTables('http://127.0.0.1:1', openTemplate({ template: tiny, assets: new Map() }));
  await expect(creating).rejects.toThrow(message);
});

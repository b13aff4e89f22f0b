import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import { expect, test } from 'vitest';
import { withFile } from '../../../lib/bundling/bundle-with-file.ts';

test('a file is beside the bundles of the functions that read it, and the others stay as they are', () => {
  const bundle = mkdtempSync(join(tmpdir(), 'bundle-'));
  try {
    writeFileSync(join(bundle, 'index.js'), '// the function');
    const file = { name: 'rules.json', content: { one: 1 }, reads: (name: string) => name === 'reader' };
    const code = withFile(() => Code.fromAsset(bundle), file);
    const pathOf = (name: string) => {
      const asset = code(name);
      return asset instanceof AssetCode ? asset.path : expect.unreachable();
    };
    expect(pathOf('webhook')).toBe(bundle);
    const path = pathOf('reader');
    expect(path).not.toBe(bundle);
    expect(readFileSync(join(path, 'index.js'), 'utf8')).toBe('// the function');
    expect(JSON.parse(readFileSync(join(path, 'rules.json'), 'utf8'))).toEqual({ one: 1 });
  } finally {
    rmSync(bundle, { recursive: true });
  }
});

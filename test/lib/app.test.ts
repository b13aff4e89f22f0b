import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

describe('the app', () => {
  it('ends with a message and without a stack trace if the configuration is invalid', () => {
    const { status, stderr } = spawnSync(process.execPath, ['bin/app.ts'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ 'redraw-tracker:logRetentionDays': '45' }) },
    });
    expect(status).toBe(1);
    expect(stderr).toContain('redraw-tracker:logRetentionDays is "45". It must be a number of days');
    expect(stderr).not.toContain('    at ');
  });
});

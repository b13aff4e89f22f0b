/** Checkpoints are saved asynchronously, and a failure is reported. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openCheckpoints } from '../../streams/checkpoints.ts';

const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const reported: string[] = [];
const report = (line: string) => void reported.push(line);
const open = (file: string) => openCheckpoints(join(place, file), report);

describe('checkpoints', () => {
  test('the newest checkpoint of each shard is read again', async () => {
    const checkpoints = open('many.json');
    checkpoints.set('stream', 'a', { after: '1', finished: true });
    for (let n = 1; n <= 200; n += 1) {
      checkpoints.set('stream', 'b', { after: String(n) });
      if (n % 7 === 0) await new Promise(setImmediate);
    }
    await checkpoints.saved();
    const again = open('many.json');
    expect([again.get('stream', 'a'), again.get('stream', 'b')]).toEqual([
      { after: '1', finished: true },
      { after: '200' },
    ]);
    expect(readdirSync(place)).toEqual(['many.json']);
    expect(reported).toEqual([]);
  });

  test('a damaged file is replaced', () => {
    writeFileSync(join(place, 'damaged.json'), '{"stream":{"a":{"after":');
    expect(open('damaged.json').get('stream', 'a')).toBeUndefined();
  });

  test('a failed write is reported, and the next one includes its changes', async () => {
    const checkpoints = open('later/checkpoints.json');
    checkpoints.set('stream', 'a', { after: '1' });
    await checkpoints.saved();
    expect(reported).toEqual([expect.stringMatching(/later.*cannot be written/)]);
    expect(checkpoints.get('stream', 'a')).toEqual({ after: '1' });
    mkdirSync(join(place, 'later'));
    checkpoints.set('stream', 'b', { after: '2' });
    await checkpoints.saved();
    expect(open('later/checkpoints.json').get('stream', 'a')).toEqual({ after: '1' });
  });
});

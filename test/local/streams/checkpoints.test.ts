/** How far a mapping has come is kept beside the work, and says so where it cannot be. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { openPositions } from '../../../local/streams/checkpoints.ts';

const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-test-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const reported: string[] = [];
const report = (line: string) => void reported.push(line);
const open = (file: string) => openPositions(join(place, file), report);

describe('positions', () => {
  test('the newest of many is found again, with those of other shards', async () => {
    const positions = open('many.json');
    positions.set('stream', 'a', { after: '1', finished: true });
    for (let n = 1; n <= 200; n += 1) {
      positions.set('stream', 'b', { after: String(n) });
      if (n % 7 === 0) await new Promise(setImmediate);
    }
    await positions.kept();
    const again = open('many.json');
    expect([again.get('stream', 'a'), again.get('stream', 'b')]).toEqual([
      { after: '1', finished: true },
      { after: '200' },
    ]);
    expect(readdirSync(place)).toEqual(['many.json']);
    expect(reported).toEqual([]);
  });

  test('a file that is damaged is begun anew', () => {
    writeFileSync(join(place, 'damaged.json'), '{"stream":{"a":{"after":');
    expect(open('damaged.json').get('stream', 'a')).toBeUndefined();
  });

  test('what cannot be written is told, and written once it can be', async () => {
    const positions = open('later/positions.json');
    positions.set('stream', 'a', { after: '1' });
    await positions.kept();
    expect(reported).toEqual([expect.stringMatching(/later.*cannot be written/)]);
    expect(positions.get('stream', 'a')).toEqual({ after: '1' });
    mkdirSync(join(place, 'later'));
    positions.set('stream', 'b', { after: '2' });
    await positions.kept();
    expect(open('later/positions.json').get('stream', 'a')).toEqual({ after: '1' });
  });
});

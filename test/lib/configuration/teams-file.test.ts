import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ConfigurationError } from '../../../lib/configuration/configuration-error.ts';
import { readTeamsFile } from '../../../lib/configuration/teams-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'teams-'));
const path = join(folder, 'teams.json');
afterAll(() => rmSync(folder, { recursive: true }));

function readText(text: string) {
  writeFileSync(path, text);
  return readTeamsFile(path);
}

/** The sentence about a file, without its path. */
function faultOf(content: unknown): string {
  try {
    readText(typeof content === 'string' ? content : JSON.stringify(content));
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const [, ...faults] = error.message.split('\n').slice(0, -1);
    expect(faults).toHaveLength(1);
    return (faults[0] ?? '').replace(`  - ${path}`, '').replace(/^: /, '').trim();
  }
  return expect.unreachable();
}

const north = { id: 'team-north', name: 'North' };
const many = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `t${at}`, name: `T ${at}` }));

test('the teams of a file, with what they differ in', () => {
  const clocks = { redrawNoOrder: 'PT2H', orderNoResultDate: 'off', labTimeZone: 'america/denver' };
  expect(
    readText(JSON.stringify([north, { id: 's', name: ' South ', brand: 'South Labs', clocks }])),
  ).toEqual([
    north,
    { id: 's', name: 'South', brand: 'South Labs', clocks: { ...clocks, labTimeZone: 'America/Denver' } },
  ]);
  expect(readText(JSON.stringify(many(50)))).toHaveLength(50);
});

test.each([
  ['no JSON', '[\n  { "id": "a",\n    name: "A" }\n]', 'is not JSON: line 3 cannot be read.'],
  ['an unfinished file', '[\n  { "id": "a" },\n', 'is not JSON: line 3 cannot be read.'],
  ['no list', {}, 'it must be a list of 1 to 50 teams.'],
  ['no team', [], 'it must be a list of 1 to 50 teams. It has 0.'],
  ['51 teams', many(51), 'it must be a list of 1 to 50 teams. It has 51.'],
  ['a team that is no object', ['north'], '[0] must be an object with an id and a name.'],
  ['no id', [{ name: 'North' }], "[0].id is missing. It must be Junction's id of the team."],
  [
    'an id that is no part of a path',
    [{ ...north, id: 'a/b' }],
    '[0].id is "a/b". It must be Junction\'s id of the team.',
  ],
  [
    'an unknown field',
    [{ ...north, colour: 'red' }],
    '[0].colour is an unknown field. The fields are id, name, brand.',
  ],
  [
    'the same id twice',
    [north, { ...north, name: 'Other' }],
    '[1].id is "team-north", which [0] has too. It must differ.',
  ],
  [
    'the same name twice',
    [north, { ...north, id: 'other' }],
    '[1].name is "North", which [0] has too. It must differ.',
  ],
  [
    'a wrong zone',
    [{ ...north, clocks: { labTimeZone: 'Mars' } }],
    '[0].clocks.labTimeZone is "Mars". It must be an IANA time zone (for example America/New_York).',
  ],
])('one sentence about %s', (_, content, fault) => {
  expect(faultOf(content)).toBe(fault);
});

test('one sentence about a wrong clock names the field', () => {
  const fault = faultOf([{ ...north, clocks: { redrawNoOrder: '1 hour' } }]);
  expect(fault).toMatch(/^\[0\]\.clocks\.redrawNoOrder is "1 hour"\. It must be an ISO 8601 duration/);
  // This clock cannot be off.
  expect(faultOf([{ ...north, clocks: { redrawNoOrder: 'off' } }])).toContain('redrawNoOrder is "off"');
});

test('one sentence about a file that is not there', () => {
  expect(() => readTeamsFile(join(folder, 'none.json'))).toThrow(/none\.json cannot be read \(ENOENT\)/);
});

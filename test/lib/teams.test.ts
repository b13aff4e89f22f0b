/** What several teams change in the template. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { synthesize } from './synthesized-stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'teams-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, 'teams.json');
writeFileSync(file, JSON.stringify([{ id: 'team-north', name: 'North' }]));

const routesOf = (stack: ReturnType<typeof synthesize>) =>
  Object.values(stack.ofType('AWS::ApiGatewayV2::Route'))
    .map(({ Properties }) => String(Properties.RouteKey))
    .filter((key) => key.includes('/webhooks/'));

test('each team has a path of its own, and every function is told the teams', () => {
  const stack = synthesize({ teams: file });
  expect(routesOf(stack)).toEqual(['ANY /webhooks/junction/{team_id}']);
  for (const name of ['webhook', 'recompute', 'sweep', 'query', 'results', 'reconcile', 'import']) {
    const { Variables } = stack.functionNamed(name).resource.Properties.Environment;
    expect(Variables).toMatchObject({ TEAMS: 'teams.json' });
  }
  const described = Object.values(stack.ofType('AWS::SecretsManager::Secret')).map(
    ({ Properties }) => Properties.Description,
  );
  expect(described.filter((text) => /\{"<team id>": "/.test(text))).toHaveLength(3);
});

test('one team has the path and the variables that it had', () => {
  const stack = synthesize();
  expect(routesOf(stack)).toEqual(['ANY /webhooks/junction']);
  for (const { Properties } of Object.values(stack.ofType('AWS::Lambda::Function'))) {
    expect(Properties.Environment?.Variables ?? {}).not.toHaveProperty('TEAMS');
  }
});

test('a deployment of several teams is none of one team', () => {
  expect(() => synthesize({ teams: file, teamId: 'team-north' })).toThrow(
    'redraw-tracker:teams and redraw-tracker:teamId are set. Set redraw-tracker:teams for several teams in one deployment, or redraw-tracker:teamId for a deployment of one team.',
  );
});

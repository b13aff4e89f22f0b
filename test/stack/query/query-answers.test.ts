/**
 * Random journeys, delivered in disorder over HTTP to a stack that is killed under load, lead to the oracle's state, and the
 * query API shows it. One stack for all tests.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { SCRIPTS } from '../../../tools/sandbox/journeys/catalogue.ts';
import { access } from './access.ts';
import { history } from './history.ts';
import { lists } from './lists.ts';
import { people } from './people.ts';
import { redraws } from './redraws.ts';
import { closeScene, found, kinds, openScene, SEED } from './scene.ts';
import { shapes } from './shapes.ts';
import { writes } from './writes.ts';

const FILE = 'test/stack/query/query-answers.test.ts';

// A busy machine takes longer.
beforeAll(openScene, 180_000);
afterAll(closeScene);

test('journeys of every kind, in disorder and through kills, lose nothing accepted and lead to the oracle’s state', () => {
  expect([...kinds]).toEqual(expect.arrayContaining(SCRIPTS));
  if (found.length === 0) return;
  const replay = `replay: SEED=${SEED} npx vitest run ${FILE} -t 'journeys of every kind'`;
  expect.fail([`seed ${SEED}:`, ...found.slice(0, 15), replay].join('\n'));
});

access();
people();
shapes();
lists();
redraws();
writes();
history();

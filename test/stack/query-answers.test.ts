/** Every answer of the query API over HTTP: one running stack for all of them. */
import { afterAll, beforeAll } from 'vitest';
import { access } from './query-access.ts';
import { history } from './query-history.ts';
import { lists } from './query-lists.ts';
import { people } from './query-people.ts';
import { redraws } from './query-redraws.ts';
import { closeScene, openScene } from './query-scene.ts';
import { shapes } from './query-shapes.ts';
import { writes } from './query-writes.ts';

beforeAll(openScene, 180_000);
afterAll(closeScene);

access();
people();
shapes();
lists();
redraws();
writes();
history();

/** The query API over HTTP, with one running stack for all tests. */
import { afterAll, beforeAll } from 'vitest';
import { access } from './access.ts';
import { history } from './history.ts';
import { lists } from './lists.ts';
import { people } from './people.ts';
import { redraws } from './redraws.ts';
import { closeScene, openScene } from './scene.ts';
import { shapes } from './shapes.ts';
import { writes } from './writes.ts';

beforeAll(openScene, 180_000);
afterAll(closeScene);

access();
people();
shapes();
lists();
redraws();
writes();
history();

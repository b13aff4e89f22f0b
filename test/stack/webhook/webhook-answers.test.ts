/** POST /webhooks/junction over HTTP, and what is stored: one running stack for all tests. */
import { afterAll, beforeAll } from 'vitest';
import { correlation } from './correlation.ts';
import { outage } from './outage.ts';
import { outcomes } from './outcomes.ts';
import { payloads } from './payloads.ts';
import { refusals } from './refusals.ts';
import { closeScene, openScene } from './scene.ts';
import { signatures } from './signatures.ts';
import { verification } from './verification.ts';

beforeAll(openScene, 180_000);
afterAll(closeScene);

outcomes();
correlation();
payloads();
signatures();
refusals();
verification();
outage();

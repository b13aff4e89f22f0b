/** Every answer of POST /webhooks/junction over HTTP, and what is kept behind it: one running stack for all of them. */
import { afterAll, beforeAll } from 'vitest';
import { outage } from './webhook-outage.ts';
import { outcomes } from './webhook-outcomes.ts';
import { payloads } from './webhook-payloads.ts';
import { refusals } from './webhook-refusals.ts';
import { closeScene, openScene } from './webhook-scene.ts';
import { signatures } from './webhook-signatures.ts';

beforeAll(openScene, 180_000);
afterAll(closeScene);

outcomes();
payloads();
signatures();
refusals();
outage();

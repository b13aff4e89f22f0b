/** Writes the schemas and the README of this folder: `node docs/events/generate.ts`. */
import { writeFileSync } from 'node:fs';
import { documents } from './documents.ts';

for (const [name, text] of documents()) writeFileSync(new URL(name, import.meta.url), text);

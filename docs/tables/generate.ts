/** Writes the tables that documents share with the code: `npm run tables`. */
import { writeFileSync } from 'node:fs';
import { documents } from './documents.ts';

for (const [address, text] of documents()) writeFileSync(address, text);

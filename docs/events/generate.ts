/**
 * Writes the schemas and the README of this folder: `npm run event-docs`. With `-- --release`, it also writes down the schemas as those
 * of the current version, which later versions are held to.
 */
import { writeFileSync } from 'node:fs';
import { documents, release } from './documents.ts';

const files = [...documents(), ...(process.argv.includes('--release') ? [release()] : [])];
for (const [name, text] of files) writeFileSync(new URL(name, import.meta.url), text);

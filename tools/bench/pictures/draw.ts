/** `npm run bench:pictures` draws the pictures of docs/performance.md from the result beside it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readResult } from '../result.ts';
import { pictures } from './pictures.ts';

const folder = join(import.meta.dirname, '../../../docs/performance');
for (const [name, text] of pictures(readResult(join(folder, 'result.json')))) {
  writeFileSync(join(folder, name), text);
}

/** Writes openapi.json: `npm run openapi`. */
import { writeFileSync } from 'node:fs';
import { openApiDocument } from './document.ts';

const text = `${JSON.stringify(openApiDocument(), null, 2)}\n`;
writeFileSync(new URL('openapi.json', import.meta.url), text);

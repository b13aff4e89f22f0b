import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');
export const document = join(root, 'docs/openapi/openapi.json');
export const generated = join(import.meta.dirname, 'generated');

/** The file of a command of this workspace. */
export const command = (...path: string[]) => join(import.meta.dirname, 'node_modules', ...path);

/** The files that are written from tables in the code, or have a part that is. */
import { readFileSync } from 'node:fs';
import { exportSchema } from './export-schema.ts';
import { withParts } from './marked-parts.ts';
import { accessTable, scopesTable } from './scopes.ts';
import { settingsInterface, settingsTable } from './settings.ts';
import { classList, statusTable } from './statuses.ts';

const root = new URL('../../', import.meta.url);

const PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docs/api.md': { scopes: scopesTable() },
  'docs/security.md': { scopes: accessTable() },
  'docs/deploy.md': { settings: settingsTable() },
  'docs/state-model.md': { statuses: statusTable(), classes: classList() },
};

/** The text of each file with its tables up to date, by its address. */
export function documents(): Map<URL, string> {
  const written = Object.entries(PARTS).map(([file, parts]): [URL, string] => {
    const address = new URL(file, root);
    return [address, withParts([file, readFileSync(address, 'utf8')], 'table', parts)];
  });
  return new Map([
    [new URL('lib/configuration/settings.ts', root), settingsInterface()],
    [new URL('docs/export.schema.json', root), exportSchema()],
    ...written,
  ]);
}

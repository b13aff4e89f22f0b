/** The documents whose tables are generated. */
import { readFileSync } from 'node:fs';
import { withParts } from './marked-parts.ts';
import { classList, statusTable } from './statuses.ts';

const root = new URL('../../', import.meta.url);

const PARTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'docs/state-model.md': { statuses: statusTable(), classes: classList() },
};

/** The text of each document with its tables up to date, by its address. */
export function documents(): Map<URL, string> {
  return new Map(
    Object.entries(PARTS).map(([file, parts]) => {
      const address = new URL(file, root);
      return [address, withParts([file, readFileSync(address, 'utf8')], 'table', parts)];
    }),
  );
}

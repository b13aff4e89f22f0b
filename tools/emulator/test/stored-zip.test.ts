import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject, test } from 'vitest';
import { runProcess } from '../../processes/run-process.ts';
import { findPython } from '../../python/environment.ts';
import { storedZip } from '../driving/stored-zip.ts';

const python = await findPython();
const meta = { meta: { skippedBecause: 'there is no Python on the PATH.' } };

test.skipIf(!python)('a zip file with one file can be read by others', meta, async () => {
  const file = join(inject('temporaryFolder'), 'stored.zip');
  writeFileSync(file, storedZip('index.js', Buffer.from('exports.a = 1;')));
  const read =
    'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print({n: z.read(n) for n in z.namelist()})';
  const printed = await runProcess(python?.command ?? '', ['-c', read, file], {
    env: { PATH: process.env.PATH ?? '' },
    limit: 20_000,
  });
  expect(printed.trim()).toBe("{'index.js': b'exports.a = 1;'}");
});

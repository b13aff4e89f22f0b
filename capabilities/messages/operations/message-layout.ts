/** Compiles capabilities/messages/texts/email.mjml, the layout of the e-mails to patients, to capabilities/messages/texts/email.html (docs/patient-messages.md). */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileLayout } from './email-layout.ts';

const folder = join(import.meta.dirname, '..', 'texts');

writeFileSync(
  join(folder, 'email.html'),
  await compileLayout(readFileSync(join(folder, 'email.mjml'), 'utf8')),
);

/** Writes core/providers/phone-metadata.json: the numbering plan that decides which phone numbers get an SMS. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { phoneMetadata } from '../operations/messages/phone-metadata.ts';

const file = join(import.meta.dirname, '..', 'core', 'providers', 'phone-metadata.json');
writeFileSync(file, JSON.stringify(phoneMetadata()));

/** Writes capabilities/messages/providers/phone-metadata.json: the numbering plan that decides which phone numbers get an SMS. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { phoneMetadata } from './phone-metadata.ts';

const file = join(import.meta.dirname, '..', 'providers', 'phone-metadata.json');
writeFileSync(file, JSON.stringify(phoneMetadata()));

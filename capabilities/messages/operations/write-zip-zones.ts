/** Writes capabilities/messages/rules/zip-zones.ts: the time zones of patients by ZIP code prefix (docs/patient-messages.md). */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipZonesModule } from './zip-zones.ts';

writeFileSync(join(import.meta.dirname, '..', 'rules', 'zip-zones.ts'), zipZonesModule());

/**
 * The patient of every test that runs a stack: whoever finds this name anywhere but in what Junction says has found a
 * leak. Stacks are looked through when they end, and answers of the API when they come.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canaries } from '../sandbox/world/patient.ts';
import { PATIENT } from './oracle/bodies.ts';

/** For the sandbox's journeys. */
export const MARKED = { patient: { marker: PATIENT } } as const;

const CANARIES = canaries(PATIENT);

/** What of the patient stands in a text. */
export const patientDataIn = (text: string | Buffer): string[] =>
  CANARIES.filter((canary) => text.includes(canary));

/** What a stack is made of and not what it was told; it is large. */
const ASSEMBLY = 'assembly';

export interface KeptFile {
  readonly file: string;
  readonly bytes: Buffer;
}

/** Every file a stack, or its database, keeps in a folder. */
export function filesUnder(folder: string): KeptFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === ASSEMBLY ? [] : filesUnder(file);
    return entry.isFile() ? read(file) : [];
  });
}

/** A database that has just been killed with its stack may still be taking files away. */
function read(file: string): KeptFile[] {
  try {
    return [{ file, bytes: readFileSync(file) }];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The files in a folder that tell of the patient. */
export const filesWithPatientData = (folder: string): string[] =>
  filesUnder(folder)
    .filter(({ bytes }) => patientDataIn(bytes).length > 0)
    .map(({ file }) => file);

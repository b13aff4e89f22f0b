/**
 * The patient in every test that runs a stack. If this name occurs anywhere but in Junction's own data, it is a leak.
 * Stacks are checked when they end, and answers of the API when they arrive.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canaries } from '../tools/sandbox/world/patient.ts';
import { PATIENT } from '../tools/verification/oracle/bodies.ts';

/** For the sandbox's journeys. */
export const MARKED = { patient: { marker: PATIENT } } as const;

const CANARIES = canaries(PATIENT);

/** The patient data in a text. */
export const patientDataIn = (text: string | Buffer): string[] =>
  CANARIES.filter((canary) => text.includes(canary));

/** The parts of a stack that are not data; they are large. */
const ASSEMBLY = 'assembly';

export interface KeptFile {
  readonly file: string;
  readonly bytes: Buffer;
}

/** Every file that a stack or its database keeps in a folder. */
export function filesUnder(folder: string): KeptFile[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const file = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === ASSEMBLY ? [] : filesUnder(file);
    return entry.isFile() ? read(file) : [];
  });
}

/** A database that was just killed with its stack may still be deleting files. */
function read(file: string): KeptFile[] {
  try {
    return [{ file, bytes: readFileSync(file) }];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** The files in a folder that contain patient data. */
export const filesWithPatientData = (folder: string): string[] =>
  filesUnder(folder)
    .filter(({ bytes }) => patientDataIn(bytes).length > 0)
    .map(({ file }) => file);

/**
 * Runs before each test file: nothing that runs in this process may print patient data. Most bodies of the tests contain a
 * patient (tools/verification/oracle/bodies.ts). The output of stacks is checked where they run.
 */
import { format } from 'node:util';
import { afterAll, expect } from 'vitest';
import { patientDataIn } from './patient-data.ts';

/** One for all files of a worker. */
const printed: string[] = watched();

function watched(): string[] {
  const holder = globalThis as { patientDataPrinted?: string[] };
  if (holder.patientDataPrinted) return holder.patientDataPrinted;
  const found: string[] = [];
  holder.patientDataPrinted = found;
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...given: unknown[]) => boolean;
    stream.write = (text: string | Uint8Array, ...more: unknown[]) => {
      found.push(...patientDataIn(typeof text === 'string' ? text : Buffer.from(text)));
      return write(text, ...more);
    };
  }
  // The test runner redirects this output.
  for (const name of ['log', 'info', 'debug', 'warn', 'error'] as const) {
    const tell = console[name].bind(console);
    console[name] = (...given: unknown[]) => {
      found.push(...patientDataIn(format(...given)));
      tell(...given);
    };
  }
  return found;
}

afterAll(() => {
  expect(printed.splice(0), 'patient data in the output').toEqual([]);
});

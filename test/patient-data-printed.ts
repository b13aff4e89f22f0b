/**
 * Before each file of tests: whatever runs in this process and writes to its log, nothing of the patient may be in it.
 * Most bodies of the tests tell of one (test/oracle/bodies.ts). What stacks print is looked through where they are run.
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
  // The tests' own runner has this go another way.
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
  expect(printed.splice(0), 'patient data in what was printed').toEqual([]);
});

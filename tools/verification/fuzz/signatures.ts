/** `npm run fuzz:signatures -- [--cases 300000] [--seed <first>]`: our signature check against the official libraries. */
import { parseArgs } from 'node:util';
import { signatureCase } from './signature-cases.ts';
import { compareOn } from './signature-verdicts.ts';

const { values } = parseArgs({ options: { cases: { type: 'string' }, seed: { type: 'string' } } });
const cases = Number(values.cases ?? 300_000);
const first = Number(values.seed ?? 1);
if (!Number.isSafeInteger(cases) || !Number.isSafeInteger(first) || cases < 1) {
  console.error('--cases and --seed are whole numbers.');
  process.exit(1);
}
const STEP = 20_000;

const total = { cases: 0, accepted: 0, malformedTimestamps: 0, acceptedBytes: 0 };
for (let from = first; from < first + cases; from += STEP) {
  const length = Math.min(STEP, first + cases - from);
  const tally = compareOn(
    Array.from({ length }, (_, index) => from + index),
    signatureCase,
  );
  total.cases += tally.cases;
  total.accepted += tally.accepted;
  total.malformedTimestamps += tally.malformedTimestamps;
  total.acceptedBytes += tally.acceptedBytes;
  console.log(
    `${total.cases} cases, ${total.accepted} accepted by all (${total.acceptedBytes} of bytes that are not text), ` +
      `${total.malformedTimestamps} refused by us alone for the form of their timestamp, no other difference`,
  );
}

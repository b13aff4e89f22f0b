/** Rehearses docs/operations/restore.md on this machine. */
import { drill } from './drill.ts';

// As on Lambda.
process.env.TZ = 'UTC';

const faults = await drill((line) => console.log(line));
for (const fault of faults) console.error(`FAILED: ${fault}`);
console.log(faults.length === 0 ? '\nThe drill succeeded.' : '\nThe drill failed.');
process.exit(faults.length === 0 ? 0 : 1);

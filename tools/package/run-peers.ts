/**
 * Tries the package with the lowest peers that it declares, and with those before, which must not work: a range that is too narrow
 * keeps apps away for no reason. Downloads the CDK twice, so it is no part of npm test.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeConstructPackage } from './construct-package.ts';
import { faultWithPeers, type PeerFault } from './peer-check.ts';
import { lowestPeers, tooLowPeers } from './peers.ts';
import { EXAMPLE_REPOSITORY } from './repository.ts';

const root = join(import.meta.dirname, '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'redraw-tracker-peers-'));

try {
  const packed = join(folder, 'package');
  await writeConstructPackage(root, packed, EXAMPLE_REPOSITORY);
  const fault = await faultWithPeers(root, packed, join(folder, 'lowest'), lowestPeers);
  console.log(`${namesOf(lowestPeers)}: ${wordsFor(fault)}`);
  const tooLow = await faultWithPeers(root, packed, join(folder, 'too-low'), tooLowPeers);
  console.log(`${namesOf(tooLowPeers)}: ${wordsFor(tooLow)}`);
  if (tooLow === null) console.log('Lower lowestPeers in tools/package/peers.ts.');
  // A version that cannot be installed shows nothing.
  process.exitCode = fault === null && tooLow !== null && tooLow.step !== 'install' ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function wordsFor(fault: PeerFault | null): string {
  if (fault === null) return 'works';
  const cause = fault.output.split('\n').find((line) => /error|«/i.test(line)) ?? '';
  return `does not ${fault.step}. ${cause.slice(0, 300)}`;
}

function namesOf(peers: Readonly<Record<string, string>>): string {
  return Object.entries(peers)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

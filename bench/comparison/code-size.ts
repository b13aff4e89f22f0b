import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PeerName } from '../peers/peer.ts';

const ROOT = join(import.meta.dirname, '../..');
const SHARED = ['bench/peers/junction/*.ts', 'bench/peers/lambda/order-item.ts'];
/** Deployed code and infrastructure. Tests, tools, the local run and the dashboard are not counted. */
const OURS = ['core/**/*.ts', 'functions/**/*.ts', 'lib/**/*.ts'];

/** The lines of code a team would own to build a peer, without comments and blank lines. Tests and templates come on top. */
export function codeSize(peer: PeerName): number {
  const patterns =
    peer === 'redraw-tracker'
      ? OURS
      : peer === 'bare-update'
        ? ['bench/reference-functions/**/*.ts']
        : [...SHARED, `bench/peers/${peer}/*/*.ts`];
  const files = patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT }));
  return files.reduce((sum, file) => sum + linesOf(readFileSync(join(ROOT, file), 'utf8')), 0);
}

/** Counts lines that have code. */
export function linesOf(source: string): number {
  const code = source.replaceAll(/^\s*\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return code.split('\n').filter((line) => line.trim() !== '').length;
}

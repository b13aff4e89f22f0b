import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PeerName } from '../peers/peer.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Deployed code and infrastructure. Tests, tools, the local run and the dashboard are not counted. */
const OURS = ['core/**/*.ts', 'functions/**/*.ts', 'lib/**/*.ts'];
const IMPORT = /^(?:import (?!type )|\} from ).*?'(\.[^']+)';$/gm;

/** The lines of code a team would own to build a peer, without comments and blank lines. Tests and templates come on top. */
export function codeSize(peer: PeerName): number {
  const patterns =
    peer === 'redraw-tracker'
      ? OURS
      : [
          peer === 'bare-update'
            ? 'tools/bench/reference-functions/dynamodb-only/*.ts'
            : `tools/bench/peers/${peer}/*/*.ts`,
        ];
  const files = patterns
    .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
    .map((file) => join(ROOT, file));
  const all = peer === 'redraw-tracker' ? files : withImported(files);
  return [...new Set(all)].reduce((sum, file) => sum + linesOf(readFileSync(file, 'utf8')), 0);
}

/** The files and everything of this repository that they run. */
function withImported(files: readonly string[]): string[] {
  return files.flatMap((file) => {
    const imported = [...readFileSync(file, 'utf8').matchAll(IMPORT)].map(([, path = '']) => path);
    return [file, ...withImported(imported.map((path) => join(dirname(file), path)))];
  });
}

/** Counts lines that have code. */
function linesOf(source: string): number {
  const code = source.replaceAll(/^\s*\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  return code.split('\n').filter((line) => line.trim() !== '').length;
}

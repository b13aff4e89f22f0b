import { globSync, readFileSync } from 'node:fs';
import { analyse } from 'scslre';
import { parseAst } from 'vite';
import { expect, test } from 'vitest';

/** A regular expression whose matching time can grow faster than the length of the text, and the part that makes it so. */
function ambiguous({ pattern, flags }: { pattern: string; flags: string }): string[] {
  return analyse({ source: pattern, flags }).reports.map(({ type }) => `${type}: /${pattern}/${flags}`);
}

const FILES = '{bin,capabilities,core,dashboard/src,functions,lib,local,operations,sandbox}/**/*.{ts,tsx}';
const files = globSync(FILES, { cwd: `${import.meta.dirname}/../..` });

interface Node {
  type?: string;
  regex?: { pattern: string; flags: string };
  callee?: { name?: string };
}

function nodesOf(file: string): Node[] {
  const found: Node[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) found.push(value);
    for (const part of Object.values(value)) visit(part);
  };
  const code = readFileSync(`${import.meta.dirname}/../../${file}`, 'utf8');
  visit(parseAst(code, { lang: file.endsWith('x') ? 'tsx' : 'ts' }));
  return found;
}

test('no regular expression has ambiguous quantifiers', () => {
  const nodes = files.flatMap((file) => nodesOf(file).map((node) => ({ file, node })));
  const literals = nodes.flatMap(({ file, node }) => (node.regex ? [{ file, regex: node.regex }] : []));
  expect(literals.length).toBeGreaterThan(150);
  expect(literals.flatMap(({ file, regex }) => ambiguous(regex).map((one) => `${file} ${one}`))).toEqual([]);
  // What is built at run time is not analysed. In what is deployed, it is built of a fixed list of names only.
  const built = nodes.filter(
    ({ file, node }) =>
      /^(core|functions|capabilities\/\w+\/(api|rules|store|use-cases|providers|templates))\//.test(file) &&
      isBuilt(node),
  );
  expect([...new Set(built.map(({ file }) => file))]).toEqual(['capabilities/messages/api/routes.ts']);
});

const isBuilt = ({ type = '', callee }: Node) =>
  ['NewExpression', 'CallExpression'].includes(type) && callee?.name === 'RegExp';

test.each([/^(a+)+$/, /^[^\s@]+@[^\s@]+\.[^\s@]+$/, /\s*#?\s*$/, /\/+$/])('%s is found', (regex) => {
  expect(ambiguous({ pattern: regex.source, flags: regex.flags })).not.toEqual([]);
});

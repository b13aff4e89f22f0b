/** The documents are correct as far as a program can tell: links work, and what they name exists. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { redrawTracker } from '../../bin/program.ts';
import { settings } from '../../lib/configuration/configuration-keys.ts';
import manifest from '../../package.json' with { type: 'json' };
import { VARIABLES } from '../../tools/local/settings.ts';

const root = join(import.meta.dirname, '..', '..');
const pages = globSync(['*.md', '.github/**/*.md', 'docs/**/*.md', 'test/**/*.md', 'tools/**/*.md'], {
  cwd: root,
  exclude: ['**/node_modules/**'],
}).sort();
const { commands } = await redrawTracker();
const scripts = Object.keys(manifest.scripts);
/** Folders whose files the pages name by their path from the root. */
const FOLDERS = 'bin|core|dashboard|docs|functions|lib|lint|operations|test|tools';

const textOf = (page: string) => readFileSync(join(root, page), 'utf8');
const withoutCode = (text: string) => text.replaceAll(/^( *)```.*?^\1```/gms, '');

/** The fragments that GitHub gives to the headings of a page. */
function fragmentsOf(page: string): Set<string> {
  const headings = [...withoutCode(textOf(page)).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function isBroken(page: string, link: string): boolean {
  const [path = '', fragment] = link.split('#');
  const target = path === '' ? page : normalize(join(dirname(page), path));
  if (!existsSync(join(root, target))) return true;
  return fragment !== undefined && !fragmentsOf(target).has(fragment);
}

describe.each(pages)('%s', (page) => {
  const text = textOf(page);

  test('links to pages and sections that exist', () => {
    const links = [...withoutCode(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link);
    // GitHub itself resolves links that leave the repository's files.
    const inside = links.filter((link) => !/^https?:|^\.\.\/blob\//.test(link));
    expect(inside.filter((link) => isBroken(page, link))).toEqual([]);
  });

  test('names files and folders that exist', () => {
    const paths = [...text.matchAll(new RegExp(`\`((?:${FOLDERS})/[\\w./-]*)\``, 'g'))].map(
      ([, path = '']) => path,
    );
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  test('lets Cognito mail the password of a new account', () => {
    // The default is an SMS message, but no phone number is stored.
    const commands = text.match(/admin-create-user (?:.*\\\n)*.*/g) ?? [];
    expect(commands.filter((command) => !command.includes('--desired-delivery-mediums EMAIL'))).toEqual([]);
  });

  test('names npm scripts that exist', () => {
    const named = [...text.matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);
    expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
  });

  test('names commands that exist, with options that they have', () => {
    for (const [, name = '', rest = ''] of text.matchAll(/npx redraw-tracker ([a-z][\w-]*)([^`\n|#]*)/g)) {
      const command = commands.find((one) => one.name() === name);
      const options = [...rest.matchAll(/ (--?[a-z][\w-]*)/g)].map(([, option]) => option);
      const known = command?.options.flatMap(({ short, long }) => [short, long]) ?? [];
      expect([name, options.filter((option) => !known.includes(option))]).toEqual([command?.name(), []]);
    }
  });
});

test('CONTRIBUTING.md has a line for every npm script', () => {
  const rows = [...textOf('CONTRIBUTING.md').matchAll(/^\| `npm (?:run )?([\w:-]+)` \| .+ \|$/gm)];
  expect(rows.map(([, script]) => script).sort()).toEqual(scripts.sort());
});

test('docs/deploy.md names every setting', () => {
  const deploy = textOf('docs/deploy.md');
  expect(Object.keys(settings).filter((key) => !deploy.includes(`\`${key}\``))).toEqual([]);
});

test('docs/local-run.md has a line for every variable of npm start, or for its kind', () => {
  const rows = textOf('docs/local-run.md').match(/^\| `[A-Z_]+`.+\|$/gm) ?? [];
  const named = rows.flatMap((row) => row.match(/`[A-Z][A-Z_]+(?==|`)/g) ?? []).map((name) => name.slice(1));
  // The clocks, and the settings of messages to patients.
  const isOfKind = (name: string) =>
    /^(?:REDRAW|ORDER|MESSAGES?)_|^(?:CHECK_DIVERGING|CHECK_SILENT)$/.test(name);
  expect(VARIABLES.filter((name) => !named.includes(name) && !isOfKind(name))).toEqual([]);
  expect(named.filter((name) => !VARIABLES.includes(name))).toEqual([]);
});

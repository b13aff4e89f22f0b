import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeployedPackage } from '../sbom/deployed-packages.ts';

/** The texts of licences for packages that declare one and contain none, by identifier of SPDX. */
const standardTexts: Readonly<Record<string, string>> = {
  'Apache-2.0': 'LICENSE',
  MIT: 'tools/package/licence-texts/MIT.txt',
  Unlicense: 'tools/package/licence-texts/Unlicense.txt',
};

const RULE = `\n${'-'.repeat(100)}\n\n`;

/**
 * The licences and notices of packages whose code is in bundles. Almost all licences require that copies contain them. A
 * text shared by several packages is included once.
 *
 * @param root the repository, with the packages installed
 * @throws Error for a package without a text whose licence has no standard text here
 */
export function thirdPartyLicences(root: string, packages: readonly DeployedPackage[]): string {
  const byText = new Map<string, string[]>();
  for (const one of packages) {
    for (const text of textsOf(root, one)) {
      byText.set(text, [...(byText.get(text) ?? []), `${one.name} ${one.version} (${one.license})`]);
    }
  }
  const sections = [...byText].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`);
  return [
    'The files of this package contain code of the packages below. Their licences and notices follow.\n',
    ...sections,
  ].join(RULE);
}

function textsOf(root: string, one: DeployedPackage): string[] {
  const folder = join(root, one.place);
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  return files.some((file) => !/^notice/i.test(file)) ? texts : [standardText(root, one), ...texts];
}

function standardText(root: string, { name, license, place }: DeployedPackage): string {
  const file = standardTexts[license];
  if (file === undefined) {
    throw new Error(
      `${name} contains no licence. Add the text of ${license} to tools/package/third-party-licences.ts.`,
    );
  }
  const { author } = JSON.parse(readFileSync(join(root, place, 'package.json'), 'utf8')) as {
    author?: string | { readonly name: string };
  };
  const holder = typeof author === 'object' ? author.name : (author ?? `The authors of ${name}`);
  const text = readFileSync(join(root, file), 'utf8').trim();
  return license === 'MIT' ? `Copyright (c) ${holder}\n\n${text}` : text;
}

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from '../../../../lib/configuration/configuration-error.ts';
import type { Templates } from '../../templates/templates.ts';
import { readTemplates, type TemplateFiles, type TextSettings } from './read-templates.ts';

const LAYOUT = 'email.html';

/** Our own templates: in the folder of the capability, or beside the one file of the package. */
const ours = [join(import.meta.dirname, 'messages'), join(import.meta.dirname, '..', '..', 'texts')] as const;

/**
 * Reads the templates of a directory.
 *
 * @param directory the deployer's own; ours if it is undefined
 * @throws {ConfigurationError} if the directory is missing, or with everything that is wrong in its files
 */
export function templatesIn(directory: string | undefined, settings: TextSettings): Templates {
  return readTemplates(filesIn(directory), settings);
}

function filesIn(directory: string | undefined): TemplateFiles {
  const own = ours.find((folder) => existsSync(folder)) ?? ours[0];
  const folder = directory ?? own;
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
    throw new ConfigurationError(
      [`${folder} is not a directory. It must contain the templates of patient messages.`],
      'Start with a copy of our files (docs/patient-messages.md).',
    );
  }
  const languages = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => [name.slice(0, -'.yaml'.length), readFileSync(join(folder, name), 'utf8')]);
  // The layout is optional: most teams use ours.
  const layout = [folder, own].map((place) => join(place, LAYOUT)).find((path) => existsSync(path)) ?? '';
  return { languages: Object.fromEntries(languages), layout: readFileSync(layout, 'utf8') };
}

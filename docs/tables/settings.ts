import { capabilitySettings } from '../../lib/configuration/capability-settings.ts';
import { settings } from '../../lib/configuration/configuration-keys.ts';
import type { Setting } from '../../lib/setting/setting.ts';
import { table } from './marked-parts.ts';

const SETTINGS = Object.entries<Setting>(settings);

/** What applies if nobody sets it, in Markdown. */
function defaultOf({ schema, otherwise }: Setting): string {
  if (otherwise !== undefined) return otherwise;
  const { data } = schema.safeParse(undefined);
  return data === undefined ? 'none' : `\`${Array.isArray(data) ? data.join(',') : String(data)}\``;
}

const typeOf = ({ type = 'string' }: Setting) => type;

/** The table of the settings in deploy.md. */
export function settingsTable(): string {
  return table(
    ['Setting', 'Type', 'Default', ''],
    SETTINGS.map(([name, setting]) => [
      `\`${name}\``,
      `\`${typeOf(setting).replaceAll('|', '\\|')}\``,
      defaultOf(setting),
      setting.means,
    ]),
  );
}

/** Where the types of the props are declared, if they are not TypeScript's own. */
const TYPES: [file: string, names: readonly string[]][] = [
  ...capabilitySettings.flatMap(({ types }) =>
    Object.entries(types).map(([file, names]): [string, readonly string[]] => [`../../${file}`, names]),
  ),
  ['./keys/prop-types.ts', ['DataRemoval', 'IanaTimeZone', 'IsoDuration', 'OnOff', 'TransactionGrants']],
];

/** The imports of the types that a prop has. */
function imports(): string[] {
  const used = SETTINGS.flatMap(([, setting]) => typeOf(setting).match(/\w+/g) ?? []);
  return TYPES.flatMap(([file, names]) => {
    const needed = names.filter((name) => used.includes(name));
    return needed.length === 0 ? [] : [`import type { ${needed.join(', ')} } from '${file}';`];
  });
}

/** The props of the constructs, in TypeScript. */
export function settingsInterface(): string {
  const plain = (markdown: string) => markdown.replaceAll(/\[([^\]]+)\]\([^)]*\)/g, '$1');
  return [
    '// Written by `npm run tables` from the settings in configuration-keys.ts and keys/.',
    ...imports(),
    '',
    '/** The settings of a deployment, each with a default. docs/deploy.md describes them too. */',
    'export interface RedrawTrackerSettings {',
    ...SETTINGS.flatMap(([name, setting]) => [
      `  /** ${plain(setting.means)} Default: ${plain(defaultOf(setting))}. */`,
      `  readonly ${name}?: ${typeOf(setting)} | undefined;`,
    ]),
    '}',
    '',
  ].join('\n');
}

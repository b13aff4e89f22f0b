import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileSystem } from 'aws-cdk-lib';
import { AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import type { FunctionCode } from '../../../../lib/bundling/bundles.ts';
import type { Templates } from '../../templates/templates.ts';

/** The function that sends the messages. */
const SENDER = 'messages';
/** The file beside its bundle that it reads when it starts. */
const FILE = 'templates.json';

/** The code of the functions, with the templates beside the bundle of the one that sends messages. */
export function withTemplates(functionCode: FunctionCode, templates: Templates): FunctionCode {
  return (name) => (name === SENDER ? copyWith(templates, functionCode(name)) : functionCode(name));
}

/** The same templates give the same bytes, so the function is deployed again only if its code or its templates changed. */
function copyWith(templates: Templates, bundle: Code): Code {
  // Inline code cannot have a file added to it.
  if (!(bundle instanceof AssetCode)) return bundle;
  const folder = FileSystem.mkdtemp('redraw-tracker-messages-');
  cpSync(bundle.path, folder, { recursive: true });
  writeFileSync(join(folder, FILE), JSON.stringify(templates));
  return Code.fromAsset(folder);
}

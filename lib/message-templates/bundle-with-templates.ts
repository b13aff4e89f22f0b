import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileSystem } from 'aws-cdk-lib';
import { AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import type { Templates } from '../../core/message-templates/templates.ts';

/** The file beside the bundle that the function reads when it starts. */
const FILE = 'templates.json';

/**
 * A copy of a function's bundle with the templates beside it. The same templates give the same bytes, so that the function is
 * deployed again only if its code or its templates changed.
 */
export function bundleWithTemplates(bundle: Code, templates: Templates): Code {
  // Code without files cannot have another one beside it.
  if (!(bundle instanceof AssetCode)) return bundle;
  const folder = FileSystem.mkdtemp('redraw-tracker-messages-');
  cpSync(bundle.path, folder, { recursive: true });
  writeFileSync(join(folder, FILE), JSON.stringify(templates));
  return Code.fromAsset(folder);
}

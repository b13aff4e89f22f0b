import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FileSystem } from 'aws-cdk-lib';
import { AssetCode, Code } from 'aws-cdk-lib/aws-lambda';
import type { FunctionCode } from './bundles.ts';

/**
 * The code of the functions, with a JSON file beside the bundles of those that read it when they start. The same content gives the
 * same bytes, so a function is deployed again only if its code or the file changed.
 *
 * @param reads whether a function reads the file
 */
export function withFile(
  functionCode: FunctionCode,
  {
    name: file,
    content,
    reads,
  }: { name: string; content: unknown; reads: (functionName: string) => boolean },
): FunctionCode {
  return (name) => {
    const bundle = functionCode(name);
    // Inline code cannot have a file added to it.
    if (!reads(name) || !(bundle instanceof AssetCode)) return bundle;
    const folder = FileSystem.mkdtemp('redraw-tracker-bundle-');
    cpSync(bundle.path, folder, { recursive: true });
    writeFileSync(join(folder, file), JSON.stringify(content));
    return Code.fromAsset(folder);
  };
}

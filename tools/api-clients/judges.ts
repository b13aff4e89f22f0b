import { join } from 'node:path';
import { command, document, root } from './paths.ts';
import { runNode } from './run-node.ts';

/** Throws what Spectral finds, warnings too. */
export async function judgeDocument(): Promise<void> {
  const ruleset = join(root, 'docs/openapi/spectral.yaml');
  const cli = join(root, 'node_modules/@stoplight/spectral-cli/dist/index.js');
  await runNode(cli, ['lint', document, '--ruleset', ruleset, '--fail-severity', 'hint']);
}

/** Compiles the clients and the programs that use them. */
export async function compileCalls(): Promise<void> {
  await runNode(command('typescript/bin/tsc'), ['--project', import.meta.dirname]);
}

import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { command, document, generated } from './paths.ts';
import { runNode } from './run-node.ts';

export const GENERATORS = ['openapi-typescript', 'orval', 'hey-api'] as const;
export type Generator = (typeof GENERATORS)[number];

const GENERATE: Readonly<Record<Generator, (output: string) => Promise<unknown>>> = {
  'openapi-typescript': (output) =>
    runNode(command('openapi-typescript/bin/cli.js'), [document, '--output', join(output, 'api.ts')]),
  orval: async (output) => {
    const config = join(generated, 'orval.config.mjs');
    const mutator = { path: join(import.meta.dirname, 'calls/orval-fetch.ts'), name: 'orvalFetch' };
    const options = {
      input: document,
      output: { target: join(output, 'api.ts'), client: 'fetch', override: { mutator } },
    };
    await writeFile(config, `export default ${JSON.stringify({ api: options })};\n`);
    await runNode(command('orval/dist/bin/orval.mjs'), ['--config', config]);
  },
  'hey-api': generateHeyApiClient,
};

/** The client with retries by ky: https://heyapi.dev/openapi-ts/clients/ky */
export async function generateHeyApiClient(output: string): Promise<void> {
  const cli = command('@hey-api/openapi-ts/bin/run.js');
  // The file that it would log errors to holds the whole document.
  await runNode(cli, [
    '--input',
    document,
    '--output',
    output,
    '--client',
    '@hey-api/client-ky',
    '--no-log-file',
  ]);
}

/** Writes a client by each generator to generated/. */
export async function generateClients(): Promise<void> {
  await rm(generated, { recursive: true, force: true });
  for (const name of GENERATORS) {
    const output = join(generated, name);
    await mkdir(output, { recursive: true });
    await GENERATE[name](output);
  }
}

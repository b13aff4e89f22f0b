import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      /** `aws://<account>/<region>`; either can be unknown. */
      environment: z.string().optional(),
      properties: z
        .object({
          templateFile: z.string().optional(),
          directoryName: z.string().optional(),
          stackName: z.string().optional(),
        })
        .optional(),
    }),
  ),
});

const assetsSchema = z.object({
  files: z.record(
    z.string(),
    z.object({
      source: z.object({ path: z.string().optional() }),
      destinations: z.record(z.string(), z.object({ objectKey: z.string() })),
    }),
  ),
});

export interface StackFiles {
  /** Its name in CloudFormation. */
  stackName: string;
  /** undefined if it is deployed to the region of the credentials. */
  region: string | undefined;
  template: unknown;
  /** S3 object key → folder or file in the assembly. */
  assets: Map<string, string>;
}

/** The stacks of a CDK assembly and of its stages. */
export function readAssembly(folder: string): StackFiles[] {
  const { artifacts } = manifestSchema.parse(readJson(join(folder, 'manifest.json')));
  return Object.entries(artifacts).flatMap(([id, artifact]) => {
    const { templateFile, directoryName } = artifact.properties ?? {};
    if (artifact.type === 'cdk:cloud-assembly' && directoryName)
      return readAssembly(join(folder, directoryName));
    if (artifact.type !== 'aws:cloudformation:stack' || !templateFile) return [];
    const [, region] = /^aws:\/\/[^/]+\/([a-z]{2}-[a-z-]+-\d)$/.exec(artifact.environment ?? '') ?? [];
    const stackName = artifact.properties?.stackName ?? id;
    return [{ stackName, region, ...readStack(join(folder, templateFile)) }];
  });
}

function readStack(templateFile: string): Pick<StackFiles, 'template' | 'assets'> {
  const assetsFile = templateFile.replace(/\.template\.json$/, '.assets.json');
  const assets = new Map<string, string>();
  if (existsSync(assetsFile)) {
    for (const { source, destinations } of Object.values(assetsSchema.parse(readJson(assetsFile)).files)) {
      for (const { objectKey } of Object.values(destinations)) {
        if (source.path) assets.set(objectKey, join(dirname(templateFile), source.path));
      }
    }
  }
  return { template: readJson(templateFile), assets };
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Problem(
      `The synthesized file ${file} cannot be read: ${String(error)}. Run npm run synth for details.`,
    );
  }
}

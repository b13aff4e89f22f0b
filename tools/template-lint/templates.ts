import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { EVERYTHING } from '../cdk/everything.ts';
import { synthesize } from '../cdk/synthesize.ts';

export interface SynthesizedTemplate {
  readonly file: string;
  /** Where it is deployed. */
  readonly region: string;
}

/** CloudFront's parts belong to us-east-1. In another region they are stacks of their own. */
const REGIONS = ['us-east-1', 'eu-west-1'];
const APPS = { defaults: {}, everything: EVERYTHING };
const LIMIT_MS = 120_000;

/** All templates of the app: with the defaults and with every capability on, in two regions. */
export async function synthesizeAll(home: string, signal: AbortSignal): Promise<SynthesizedTemplate[]> {
  const apps = REGIONS.flatMap((region) =>
    Object.entries(APPS).map(([name, settings]) => ({ region, name, settings })),
  );
  const templates = apps.map(async ({ region, name, settings }) => {
    const folder = join(home, `${name}-${region}`);
    await synthesize(settings, folder, { home, region, limit: LIMIT_MS, signal });
    return templatesOf(folder);
  });
  return (await Promise.all(templates)).flat();
}

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      environment: z.string().optional(),
      properties: z.object({ templateFile: z.string().optional() }).optional(),
    }),
  ),
});

function templatesOf(folder: string): SynthesizedTemplate[] {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
  return Object.values(manifestSchema.parse(manifest).artifacts).flatMap(({ environment, properties }) => {
    const region = environment?.split('/').at(-1);
    return region && properties?.templateFile
      ? [{ file: join(folder, properties.templateFile), region }]
      : [];
  });
}

import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import type { Template } from '../template/template.ts';
import { matchesWildcard } from '../wildcard.ts';

/** A file in the bucket of the page. */
export interface PageFile {
  path: string;
  contentType: string;
  /** Headers that the deployment sets, such as `cache-control`. */
  metadata: Record<string, string>;
  /** Placeholder in the file → value of the deployment. */
  markers: Record<string, string>;
}

const deploymentSchema = z.object({
  SourceObjectKeys: z.array(z.string()),
  SourceMarkers: z.array(z.record(z.string(), z.string())).default([]),
  DestinationBucketName: z.string(),
  DestinationBucketKeyPrefix: z.string().default(''),
  SystemMetadata: z.record(z.string(), z.string()).default({}),
  Exclude: z.array(z.string()).default([]),
  Include: z.array(z.string()).default([]),
});

type Deployment = z.output<typeof deploymentSchema>;

const contentTypes: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** The files that the template deploys into the bucket, by object key. */
export function readPageFiles(template: Template, bucketName: string): Map<string, PageFile> {
  const deployments = template
    .resources('Custom::CDKBucketDeployment')
    .map((id) => template.read(id, deploymentSchema))
    .filter(({ DestinationBucketName }) => DestinationBucketName === bucketName);
  return new Map(deployments.flatMap((deployment) => filesOf(template, deployment)));
}

function filesOf(template: Template, deployment: Deployment): [string, PageFile][] {
  const { SourceObjectKeys, SourceMarkers, DestinationBucketKeyPrefix, SystemMetadata } = deployment;
  return SourceObjectKeys.flatMap((objectKey, index) => {
    const folder = template.asset(objectKey);
    if (folder === undefined)
      throw new Problem(
        `The files of the page (${objectKey}) are not among the assets of the synthesized app.`,
      );
    return filesBelow(folder)
      .map((path) => ({ path, key: relative(folder, path).split(sep).join('/') }))
      .filter(({ key }) => isCopied(key, deployment))
      .map(({ path, key }): [string, PageFile] => [
        DestinationBucketKeyPrefix + key,
        {
          path,
          contentType: contentTypes[extname(path)] ?? 'binary/octet-stream',
          metadata: SystemMetadata,
          markers: SourceMarkers[index] ?? {},
        },
      ]);
  });
}

export function readPageFile({ path, markers }: PageFile): Buffer {
  if (Object.keys(markers).length === 0) return readFileSync(path);
  let text = readFileSync(path, 'utf8');
  for (const [marker, value] of Object.entries(markers)) text = text.replaceAll(marker, value);
  return Buffer.from(text);
}

/** As in `aws s3 sync`, later filters win, and the inclusions come last. */
function isCopied(key: string, { Exclude, Include }: Deployment): boolean {
  const excluded = Exclude.some((pattern) => matchesWildcard(pattern, key));
  return !excluded || Include.some((pattern) => matchesWildcard(pattern, key));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

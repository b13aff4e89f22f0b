import { Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { Configuration } from './configuration.ts';
import { version } from './version.ts';

/** The tags of all resources. Those of the configuration replace ours of the same key. */
export function tagsOf({ stage, tags }: Pick<Configuration, 'stage' | 'tags'>): Record<string, string> {
  return {
    application: 'redraw-tracker',
    'redraw-tracker:stage': stage,
    ...tags,
  };
}

/**
 * The tag of the version, of one stack only: a release that changed the tags of all resources would update all of them, keys and
 * tables too.
 */
export const versionTag = { key: 'redraw-tracker:version', value: version } as const;

/** Tags every resource below a construct that can have tags. */
export function tagEverything(scope: IConstruct, configuration: Configuration): void {
  for (const [key, value] of Object.entries(tagsOf(configuration))) Tags.of(scope).add(key, value);
}

import type { RedrawTrackerSettings } from '../../lib/configuration/settings.ts';
import { type CdkOptions, cdk } from './cdk.ts';

/** Synthesizes the app with the CDK CLI, as a person would, into a folder. */
export async function synthesize(
  settings: RedrawTrackerSettings,
  folder: string,
  options: Omit<CdkOptions, 'cloud'>,
): Promise<void> {
  await cdk(['synth', '--quiet', '--output', folder, ...contextOf(settings)], options);
}

function contextOf(settings: RedrawTrackerSettings): string[] {
  return Object.entries(settings).flatMap(([key, value]) => ['-c', `redraw-tracker:${key}=${textOf(value)}`]);
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

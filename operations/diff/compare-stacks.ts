import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Problem } from '../../lib/problems/problem.ts';
import { readAssembly, type StackFiles } from '../../tools/local/template/assembly.ts';
import type { AppSettings, Synthesis } from '../../tools/local/template/synthesis.ts';
import { type StackTemplate, type StatefulChange, statefulChanges } from './stateful-changes.ts';

export interface Comparison {
  readonly settings: AppSettings;
  /** A folder with a synthesized app, to compare instead of synthesizing it. */
  readonly assembly?: string | undefined;
  /** Templates to compare with instead of asking CloudFormation, by the name of the stack. */
  readonly given: ReadonlyMap<string, StackTemplate>;
  /** The logical ids of resources that are meant to be replaced or removed. */
  readonly confirmed: readonly string[];
  /**
   * Whether an earlier release is deployed again. What it does not have was added later, so its removal is expected. Removing a log
   * or what stays in the account is then not refused.
   */
  readonly rollBack?: boolean | undefined;
  readonly synthesize: Synthesis;
  /** @returns undefined if the stack does not exist yet */
  deployedTemplate(stackName: string, region: string): Promise<StackTemplate | undefined>;
  say(line: string): void;
}

/**
 * Compares each stack of the app with what is deployed in its region.
 *
 * @returns the number of changes that are refused
 * @throws Problem if a template is given for an unknown stack, or the app cannot be synthesized
 */
export async function compareStacks(comparison: Comparison): Promise<number> {
  const { given, confirmed, rollBack = false, settings, say } = comparison;
  const stacks = await synthesizedStacks(comparison);
  const unknown = [...given.keys()].filter((name) => !stacks.some(({ stackName }) => stackName === name));
  if (unknown.length > 0) {
    const known = stacks.map(({ stackName }) => stackName).join(', ');
    throw new Problem(`There is no stack ${unknown.join(', ')}. The stacks are ${known}.`);
  }
  let refused = 0;
  for (const { stackName, region = settings.region, template } of stacks) {
    const before = given.get(stackName) ?? (await comparison.deployedTemplate(stackName, region));
    if (before === undefined) {
      say(`${stackName}: new in ${region}. No data can be lost.`);
      continue;
    }
    const changes = statefulChanges(before, template as StackTemplate);
    const open = changes.filter(
      ({ logicalId, takesBack }) => !confirmed.includes(logicalId) && !(rollBack && takesBack),
    );
    for (const line of linesOf(changes, open)) say(`${stackName}: ${line}`);
    refused += open.length;
  }
  return refused;
}

function linesOf(changes: readonly StatefulChange[], open: readonly StatefulChange[]): string[] {
  if (changes.length === 0) return ['no stateful resource is replaced, removed or less protected.'];
  return changes.map((change) => {
    const mark = open.includes(change) ? 'REFUSED  ' : 'accepted ';
    return `${mark}  ${change.logicalId} (${change.type}) ${change.what}.\n    → ${change.lost}`;
  });
}

async function synthesizedStacks({ assembly, synthesize, settings }: Comparison): Promise<StackFiles[]> {
  if (assembly !== undefined) return readAssembly(assembly);
  const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-diff-'));
  try {
    const folder = join(place, 'cdk.out');
    await synthesize(folder, settings, new AbortController().signal);
    return readAssembly(folder);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

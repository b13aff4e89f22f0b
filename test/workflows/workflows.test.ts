/** What the workflows run with which rights, and what npm would publish of this repository. */
import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import manifest from '../../package.json' with { type: 'json' };

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly env?: Readonly<Record<string, string>>;
  readonly container?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

const root = join(import.meta.dirname, '..', '..');
const workflows = globSync('.github/workflows/*.yml', { cwd: root }).sort();
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

const jobs: Readonly<Record<string, Job>> = parse(textOf('.github/workflows/deploy.yml')).jobs;
const withCredentials = Object.entries(jobs).filter(([, { permissions }]) => permissions?.['id-token']);
const stepsOf = (name: string) => jobs[name]?.steps ?? [];
const roleOf = ({ steps }: Job) => steps.map((step) => step.with?.['role-to-assume']).find(Boolean);

test.each(workflows)('%s uses every action by its commit, with the version beside', (path) => {
  const used = [...textOf(path).matchAll(/uses: (.*)/g)].map(([, action]) => action);
  expect(used).not.toEqual([]);
  for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

describe('a deployment', () => {
  test('is built by a job without credentials', () => {
    const builders = Object.entries(jobs).filter(([, { steps }]) =>
      steps.some(({ run }) => run?.includes('npm run synth')),
    );
    expect(builders.map(([name]) => name)).toEqual(['build', 'build-last']);
    for (const [, job] of builders) expect([job.permissions, roleOf(job)]).toEqual([undefined, undefined]);
  });

  test('runs only the CDK CLI of the lockfile on the built assembly, and no code of the repository', () => {
    const deploying = withCredentials.filter(([, job]) => String(roleOf(job)).includes('DEPLOY_ROLE_ARN'));
    expect(deploying.map(([name]) => name)).toEqual(['deploy', 'roll-back']);
    for (const [name] of deploying) {
      expect(stepsOf(name).flatMap(({ run = [] }) => run)).toEqual([
        'npm ci --ignore-scripts',
        'npx --no-install cdk deploy --app cdk.out --all --require-approval never',
      ]);
      const [checkout] = stepsOf(name);
      expect(checkout?.with?.['sparse-checkout']).toBe('/.npmrc\n/package.json\n/package-lock.json\n');
    }
  });

  test('that works is verified before its setup is complete', () => {
    for (const name of ['verify', 'verify-last']) {
      expect(stepsOf(name).at(-1)?.run).toBe('npx redraw-tracker verify $SETTINGS --set-up-later');
    }
  });

  test('can have added what a roll-back removes', () => {
    expect(stepsOf('diff-last')).toEqual(stepsOf('diff'));
    expect(stepsOf('diff').map(({ run }) => run)).toContainEqual(
      expect.stringContaining('npx redraw-tracker diff --app cdk.out $ROLL_BACK'),
    );
    expect([jobs.diff?.env?.ROLL_BACK, jobs['diff-last']?.env?.ROLL_BACK]).toEqual([
      undefined,
      '--roll-back',
    ]);
  });

  test('and a roll-back need the approval of the same environment', () => {
    expect(jobs.deploy?.environment).toMatch(/^\$\{\{ inputs\.stage \}\}$/);
    expect(jobs['roll-back']?.environment).toBe(jobs.deploy?.environment);
  });
});

test.each(workflows)('%s runs npm scripts that exist', (path) => {
  const named = [...textOf(path).matchAll(/npm run ([\w:-]+)/g)].map(([, script = '']) => script);
  expect(named.filter((script) => !Object.hasOwn(manifest.scripts, script))).toEqual([]);
});

describe('a workflow in a container', () => {
  const inContainers = workflows.flatMap((path) =>
    Object.entries<Job>(parse(textOf(path)).jobs)
      .filter(([, { container }]) => container !== undefined)
      .map(([name, { steps }]) => [`${path} ${name}`, steps.flatMap(({ run = [] }) => run)] as const),
  );

  test.each(inContainers)('%s uses git only after it has declared the checkout safe', (_, scripts) => {
    const lines = scripts.flatMap((script) => script.split('\n')).filter((line) => /\bgit /.test(line));
    if (lines.length > 0) expect(lines[0]).toContain('safe.directory "$GITHUB_WORKSPACE"');
  });

  test('is there, and one of them uses git', () => {
    expect(inContainers.flatMap(([, scripts]) => scripts).join()).toContain('git diff');
  });
});

test('npm would publish nothing of this repository but what it always includes', () => {
  const packed = execFileSync('npm', ['pack', '--dry-run', '--json'], { cwd: root, encoding: 'utf8' });
  const [{ files }] = JSON.parse(packed) as [{ files: { path: string }[] }];
  expect(files.map(({ path }) => path).sort()).toEqual([
    'LICENSE',
    'README.md',
    // npm always includes what `bin` names.
    'bin/redraw-tracker.js',
    'package.json',
  ]);
});

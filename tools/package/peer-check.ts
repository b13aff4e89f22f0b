import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import cdkJson from '../../cdk.json' with { type: 'json' };
import type { Peers } from './peers.ts';

const run = promisify(execFile);

/** Every part of the constructs, in CloudFront’s region and in another. */
const everything = `
import { App, Stack } from 'aws-cdk-lib';
import { RedrawTracker, RedrawTrackerData } from 'redraw-tracker';
for (const region of ['us-east-1', 'eu-west-1']) {
  const app = new App({ outdir: \`everything-\${region}.out\` });
  const data = new RedrawTrackerData(new Stack(app, 'Data', { env: { region } }), 'RedrawTracker', {
    operatorEmail: 'lab-ops@example.com',
    ordering: 'on',
    ownerMailSender: 'redraws@example.com',
    dailyStaleReview: 'on',
    corsOrigins: ['https://ops.example.com'],
    entrance: 'on',
    entranceWebhookSenders: ['203.0.113.7', '2001:db8::/56'],
    entranceDeniedAddresses: ['192.0.2.0/24'],
    cloudFrontAccessLog: 'on',
    cloudFrontAlarm: 'on',
    patientMessages: 'both',
    messageBrand: 'Example Health',
    messageEmailSender: 'results@example.com',
    messageSmsSender: 'phone-1',
  });
  new RedrawTracker(new Stack(app, 'Service', { env: { region } }), 'RedrawTracker', { data });
  app.synth();
}
`;

/** The examples of docs/construct.md, and one with everything, by name. */
function exampleApps(root: string): Record<string, string> {
  const document = readFileSync(join(root, 'docs', 'construct.md'), 'utf8');
  const blocks = [...document.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);
  return { ...Object.fromEntries(blocks.map((code, at) => [`example${at + 1}`, code])), everything };
}

/** The step that failed, and what it printed. */
export interface PeerFault {
  readonly step: 'install' | 'compile' | 'synthesize';
  readonly output: string;
}

/**
 * Installs the package with these versions of its peers, compiles the examples against its declarations, and synthesizes them.
 *
 * @param root the repository
 * @param packed the folder of the package
 * @param folder an empty folder for the app
 * @returns null if every step succeeds
 */
export async function faultWithPeers(
  root: string,
  packed: string,
  folder: string,
  peers: Peers,
): Promise<PeerFault | null> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "app", "private": true }\n');
  const apps = exampleApps(root);
  for (const [name, code] of Object.entries(apps)) writeFileSync(join(folder, `${name}.mts`), code);
  const versions = Object.entries(peers).map(([name, version]) => `${name}@${version}`);
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const files = Object.keys(apps).map((name) => `${name}.mts`);
  const options = ['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2022', '--types', ''];
  const synthesis = Object.keys(apps).map(
    (name) => `process.env.CDK_OUTDIR = '${name}.out'; await import('./${name}.mts');`,
  );
  writeFileSync(join(folder, 'all.mts'), synthesis.join('\n'));
  // Peers that the package refuses are to be tried too.
  const install = [
    'install',
    '--ignore-scripts',
    '--legacy-peer-deps',
    '--install-links',
    packed,
    ...versions,
  ];
  const steps: [PeerFault['step'], string, string[]][] = [
    ['install', 'npm', install],
    ['compile', process.execPath, [tsc, ...options, '--skipLibCheck', ...files]],
    ['synthesize', process.execPath, ['all.mts']],
  ];
  const environment = { CDK_CONTEXT_JSON: JSON.stringify(cdkJson.context), CDK_VALIDATION: 'false' };
  for (const [step, command, args] of steps) {
    try {
      await run(command, args, { cwd: folder, env: { ...process.env, ...environment } });
    } catch (error) {
      const { stdout = '', stderr = String(error) } = error as { stdout?: string; stderr?: string };
      return { step, output: stdout + stderr };
    }
  }
  return null;
}

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COLLECT_SELDOM } from './garbage-collection.ts';
import { filesWithPatientData, patientDataIn } from './patient-data.ts';

export interface StackProcess {
  /** `http://127.0.0.1:<port>` */
  url: string;
  pid: number;
  /** The output so far. */
  output(): string;
  /** Sends SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Resolves when the process is gone. */
  kill9(): Promise<void>;
}

export interface StackProcessOptions {
  /** By default a temporary one that is removed with the process. */
  dataDirectory?: string;
  /** Additional settings of `npm start`. */
  environment?: Record<string, string>;
}

/** Settings that change the template. The stacks that take them all share one synthesis. */
export const EVERY_FEATURE = {
  KEEP_INTERPRETATION: 'on',
  ORDERING: 'on',
  PATIENT_MESSAGES: 'both',
  MESSAGE_HOURS: '00:00-24:00',
  OWNER_MAIL_SENDER: 'redraws@example.com',
} as const;

export interface Ended {
  code: number | null;
  output: string;
}

const repository = join(import.meta.dirname, '..');
const READY_WITHIN_MS = 120_000;

/** Runs `npm start` (without npm itself) on a free port, without the demo, and waits until it is ready. */
export async function startStack(options: StackProcessOptions = {}): Promise<StackProcess> {
  const { child, output, ended } = spawnStack(options);
  const ready = new Promise<string>((done) => {
    child.stdout?.on('data', () => {
      const url = /^ready (http:\S+)$/m.exec(output())?.[1];
      if (url) done(url);
    });
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), READY_WITHIN_MS);
  const url = await Promise.race([ready, ended.then(() => undefined)]);
  clearTimeout(timer);
  if (url === undefined || child.pid === undefined)
    throw new Error(`npm start did not become ready:\n${output()}`);
  return {
    url,
    pid: child.pid,
    output,
    async stop() {
      child.kill('SIGTERM');
      return (await ended).code;
    },
    async kill9() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Runs `npm start` until it ends by itself, as it does after an invalid setting. */
export function runStack(options: StackProcessOptions = {}): Promise<Ended> {
  return spawnStack(options).ended;
}

function spawnStack({ dataDirectory, environment = {} }: StackProcessOptions) {
  const temporary =
    dataDirectory === undefined ? mkdtempSync(join(tmpdir(), 'redraw-tracker-test-')) : undefined;
  const kept = dataDirectory ?? join(temporary ?? '', 'data');
  const options = [...COLLECT_SELDOM, '--import', './bin/node-version.js'];
  const child = spawn(process.execPath, [...options, join('tools', 'local', 'start.ts')], {
    cwd: repository,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH ?? '',
      PORT: '0',
      DEMO: 'off',
      DATA_DIR: kept,
      ...environment,
    },
  });
  const output = collect(child);
  const ended = new Promise<Ended>((done, fail) => {
    child.once('close', (code) => {
      const leaks = leaksOf(output(), kept);
      if (temporary) rmSync(temporary, { recursive: true, force: true });
      if (leaks.length > 0) fail(new Error(`Patient data in ${leaks.join(', ')}`));
      else done({ code, output: output() });
    });
  });
  return { child, output, ended };
}

/** Where patient data is left after a stack: in its output, or in which of its files. */
function leaksOf(output: string, kept: string): string[] {
  const printed = patientDataIn(output).length > 0 ? ['what it printed'] : [];
  return existsSync(kept) ? [...printed, ...filesWithPatientData(kept)] : printed;
}

function collect(child: ChildProcess): () => string {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
  }
  return () => text;
}

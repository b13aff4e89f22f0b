import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import { readJsonFile, replaceFile } from '../files/atomic-file.ts';
import { localClientSettings } from './client-settings.ts';
import { indexStreamRecords } from './stream-indexes.ts';

export interface Engine {
  endpoint: string;
  pid: number;
  /** Resolves when the engine has ended, for any reason. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

export interface EngineOptions {
  /** The SQLite file, or `:memory:` for a database that is removed with the engine. */
  dbPath: string;
  /**
   * Keeps the pid of the running engine, so that a later start finds an engine that was left behind. The caller must
   * hold a lock, so that no live process uses the same file.
   */
  pidFile?: string;
}

/**
 * Runs the engine (its second argument) and kills it when the pipe on descriptor 3 closes without a line, as it does when
 * the parent is killed. A line on the pipe ends the watcher, which then removes the folder (the first argument, unless it is
 * empty). After `exec` the engine has the pid of the shell, so the parent sees its exit as that of any child.
 */
const WITH_WATCHER =
  'folder=$1; shift; (read -r _ <&3 || kill -9 $$; [ -z "$folder" ] || rm -rf -- "$folder") >/dev/null 2>&1 & exec "$@" 3<&-';

/** A file system in memory. In a container it can be too small: Docker gives it 64 MB. */
const MEMORY = '/dev/shm';
const MIN_FREE_BYTES = 2 ** 30;

const READY_WITHIN_MS = 10_000;

/**
 * Starts the embedded DynamoDB engine on a free port of a loopback address. It ends with this process, even after kill -9.
 * @throws Problem if there is no engine for the platform, or if it does not start
 */
export async function startEngine(options: EngineOptions): Promise<Engine> {
  const binary = engineBinary();
  if (options.pidFile) await endLeftBehind(options.pidFile, binary);
  const host = randomLoopback();
  const port = await freePort(host);
  const folder = options.dbPath === ':memory:' ? temporaryFolder() : '';
  const dbPath = folder ? join(folder, 'data.sqlite') : options.dbPath;
  const child = spawn(
    'sh',
    [
      '-c',
      WITH_WATCHER,
      'engine',
      folder,
      binary,
      '--host',
      host,
      '--port',
      String(port),
      '--db-path',
      dbPath,
    ],
    // A process group of its own: Ctrl-C must reach the local run only, which stops the engine last.
    { detached: true, stdio: ['ignore', 'pipe', 'pipe', 'pipe'] },
  );
  const printed = collect(child);
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const endpoint = `http://${host}:${port}`;
  const up = await Promise.race([ended.then(() => false), answersWithin(endpoint, READY_WITHIN_MS)]);
  if (!up || child.pid === undefined) {
    child.kill('SIGKILL');
    throw new Problem(`The embedded DynamoDB engine did not start: ${printed() || 'it printed nothing'}`);
  }
  indexStreamRecords(dbPath);
  if (options.pidFile) replaceFile(options.pidFile, JSON.stringify({ pid: child.pid }));
  return { endpoint, pid: child.pid, ended, stop: () => stopEngine(child, ended, options.pidFile) };
}

/** @throws Problem if no DynamoDB answers within a few seconds */
export async function checkEndpoint(endpoint: string): Promise<void> {
  if (await answersWithin(endpoint, 3000)) return;
  throw new Problem(
    `No DynamoDB answers at DYNAMODB_ENDPOINT ${endpoint}. Start one there (for example ` +
      '`docker run --rm -p 8000:8000 amazon/dynamodb-local`), correct the address, or unset DYNAMODB_ENDPOINT to use ' +
      'the embedded engine.',
  );
}

const OWN_DATABASE =
  'run DynamoDB yourself, for example with `docker run --rm -p 8000:8000 amazon/dynamodb-local`, and set ' +
  'DYNAMODB_ENDPOINT=http://127.0.0.1:8000.';

/**
 * @param find returns the path of a file in an installed package, or throws
 * @throws Problem if there is no engine for the platform, or it is not installed
 */
export function engineBinary(
  platform: string = process.platform,
  arch: string = process.arch,
  find: (file: string) => string = createRequire(import.meta.url).resolve,
): string {
  const name = `${platform}-${arch}`;
  try {
    return find(`@dynoxide/${name}/dynoxide`);
  } catch {
    throw new Problem(
      name === 'linux-x64'
        ? 'The embedded DynamoDB engine is not installed. Run `npm ci` with optional dependencies, or ' +
            OWN_DATABASE
        : `There is no embedded DynamoDB engine for ${name}, only for linux-x64. On this machine, ${OWN_DATABASE}`,
    );
  }
}

async function stopEngine(
  child: ChildProcess,
  ended: Promise<void>,
  pidFile: string | undefined,
): Promise<void> {
  const watcher = child.stdio[3];
  if (watcher && 'end' in watcher) watcher.end('stopped\n');
  child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGKILL'), 3000);
  await ended;
  clearTimeout(forced);
  if (pidFile) rmSync(pidFile, { force: true });
}

/**
 * A folder for a database that is not kept. A file, because the indexes can only be added from outside, and without them the
 * engine takes longer for every write the more records its streams have.
 */
function temporaryFolder(): string {
  return mkdtempSync(join(hasRoom(MEMORY) ? MEMORY : tmpdir(), 'redraw-tracker-engine-'));
}

function hasRoom(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize >= MIN_FREE_BYTES;
  } catch {
    return false;
  }
}

/** Two engines would corrupt one file, so an engine that outlived its parent is killed first. */
async function endLeftBehind(pidFile: string, binary: string): Promise<void> {
  const { data } = z.object({ pid: z.number() }).safeParse(readJsonFile(pidFile));
  if (data && isEngine(data.pid, binary)) {
    process.kill(data.pid, 'SIGKILL');
    for (let waited = 0; isEngine(data.pid, binary) && waited < 2000; waited += 20) await sleep(20);
  }
  rmSync(pidFile, { force: true });
}

/** Another process may have the pid by now: compare the command line. */
function isEngine(pid: number, binary: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] === binary;
  } catch {
    return false;
  }
}

async function answersWithin(endpoint: string, milliseconds: number): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  const client = new DynamoDBClient({ ...localClientSettings(endpoint), maxAttempts: 1 });
  try {
    while (performance.now() < deadline) {
      const left = AbortSignal.timeout(Math.max(1, Math.ceil(deadline - performance.now())));
      const answered = await client.send(new ListTablesCommand({ Limit: 1 }), { abortSignal: left }).then(
        () => true,
        () => false,
      );
      if (answered) return true;
      await sleep(20);
    }
    return false;
  } finally {
    client.destroy();
  }
}

/**
 * The engine answers web pages of any origin, so a page that tries all ports of 127.0.0.1 could read the database. It cannot try
 * all addresses. Linux, the only platform of the engine, has the whole network 127.0.0.0/8 on this machine.
 */
function randomLoopback(): string {
  return `127.${randomInt(256)}.${randomInt(256)}.${randomInt(2, 255)}`;
}

async function freePort(host: string): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, host, done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

function collect(child: ChildProcess): () => string {
  const chunks: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      // The last lines say why it did not start. A long run must not fill the memory.
      chunks.push(chunk.toString());
      if (chunks.length > 20) chunks.shift();
    });
  }
  return () => chunks.join('').trim();
}

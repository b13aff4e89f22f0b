import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Database {
  readonly url: string;
  stop(): Promise<void>;
}

/** Debian's package has the server's programs here, a folder for each version. */
const DEBIAN = '/usr/lib/postgresql';
const READY_WITHIN_MS = 20_000;
const SOCKET_PORT = 5432;

/** The folder of the server's programs; null if PostgreSQL is not installed. */
export function programs(): string | null {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort() : [];
  const found = versions.map((version) => join(DEBIAN, version, 'bin'));
  return found.findLast((folder) => existsSync(join(folder, 'initdb'))) ?? null;
}

/** Starts an empty server with PostgreSQL's default settings, reachable through a socket in a temporary folder only. */
export async function startDatabase(folder: string): Promise<Database> {
  const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-postgresql-'));
  const user = serverUser();
  if (user) chownSync(place, user.uid, user.gid);
  const data = join(place, 'data');
  const options = { ...user, cwd: place, stdio: 'ignore' } as const;
  execFileSync(join(folder, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8'], options);
  const settings = ['-c', 'listen_addresses=', '-c', `unix_socket_directories=${place}`];
  const server = spawn(join(folder, 'postgres'), ['-D', data, ...settings], options);
  await ready(server, () => spawnSync(join(folder, 'pg_isready'), ['-h', place]).status === 0);
  return {
    url: `postgresql://bench@/postgres?host=${encodeURIComponent(place)}&port=${SOCKET_PORT}`,
    async stop() {
      const ended = new Promise((done) => server.once('exit', done));
      server.kill('SIGINT');
      await ended;
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL refuses to run as root: then it runs as the user of Debian's package. */
function serverUser(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (what: string) => Number(execFileSync('id', [what, 'postgres']).toString());
  return { uid: id('-u'), gid: id('-g') };
}

async function ready(server: ChildProcess, check: () => boolean): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (!check()) {
    if (server.exitCode === null && performance.now() < deadline) await sleep(20);
    else {
      server.kill('SIGKILL');
      throw new Error('PostgreSQL did not start');
    }
  }
}

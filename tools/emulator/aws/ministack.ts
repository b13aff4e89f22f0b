import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { endGroup, startGroup } from '../../processes/run-process.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'us-east-1';

/** A running MiniStack. */
export interface Ministack {
  readonly port: number;
  /** RFC 3339, in whole seconds. */
  readonly startedAt: string;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  /** What it has printed. */
  log(): string;
  /** Ends it and the functions that it runs. */
  stop(): Promise<void>;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

interface Start {
  readonly python: string;
  readonly port: number;
  /** Everything that it writes is in here. */
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** Starts MiniStack on loopback, and waits until it answers. */
export async function startMinistack({ python, port, folder, signal }: Start): Promise<Ministack> {
  const places = Object.fromEntries(
    Object.entries({ STATE_DIR: 'state', S3_DATA_DIR: 'objects', TMPDIR: 'tmp' }).map(([name, place]) => [
      name,
      join(folder, place),
    ]),
  );
  for (const place of Object.values(places)) mkdirSync(place, { recursive: true });
  const child = startGroup(python, ['-m', 'ministack'], {
    cwd: folder,
    env: {
      ...places,
      HOME: folder,
      // Its functions run the first `node` and `python` of the PATH.
      PATH: [dirname(process.execPath), dirname(python), '/usr/bin', '/bin'].join(':'),
      AUTH: 'true',
      BIND_HOST: '127.0.0.1',
      GATEWAY_PORT: String(port),
      IOT_MTLS_ENABLED: '0',
      LAMBDA_EXECUTOR: 'local',
      MINISTACK_ACCOUNT_ID: ACCOUNT,
      MINISTACK_REGION: REGION,
    },
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      log += chunk.toString();
    });
  }
  const url = `http://127.0.0.1:${port}`;
  const startedAt = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const ministack = { port, startedAt, url, log: () => log, stop: () => endGroup(child) };
  try {
    while (!(await isHealthy(url))) {
      signal.throwIfAborted();
      if (child.exitCode !== null) throw new Error(`MiniStack ended:\n${log}`);
      await sleep(100);
    }
    return ministack;
  } catch (error) {
    await ministack.stop();
    throw error;
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/_ministack/health`)).ok;
  } catch {
    return false;
  }
}

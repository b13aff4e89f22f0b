import { spawn, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { checkEndpoint } from '../../local/database/embedded-engine.ts';

export interface TestEngine {
  readonly endpoint: string;
  /** The table that it has from the start; none by default. */
  readonly tableName?: string;
  stop(): Promise<void>;
}

/** The jar that Amazon publishes. The package only delivers it, and none of its code runs. */
const folder = join(
  dirname(createRequire(import.meta.url).resolve('amplify-dynamodb-simulator/package.json')),
  'emulator',
);

const READY_WITHIN_MS = 60_000;

/** For a process that runs half a minute, Java's long-term optimizations cost more than they save. */
const QUICK_START = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];

/** Whether this machine has the Java that Amazon's engine needs. */
export function hasJava(): boolean {
  const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const major = Number(/version "(\d+)/.exec(stderr ?? '')?.[1] ?? 0);
  return status === 0 && major >= 17;
}

/** Amazon's DynamoDB Local on a free port of this machine, in memory, without telemetry. */
export async function startDynamoDBLocal(): Promise<TestEngine> {
  const port = await freePort();
  const child = spawn(
    'java',
    [
      ...QUICK_START,
      '-Xmx512m',
      `-Djava.library.path=${join(folder, 'DynamoDBLocal_lib')}`,
      '-jar',
      join(folder, 'DynamoDBLocal.jar'),
      '-inMemory',
      '-sharedDb',
      '-disableTelemetry',
      '-port',
      String(port),
    ],
    { cwd: folder, stdio: 'ignore', env: { ...process.env, DDB_LOCAL_TELEMETRY: '0' } },
  );
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const kill = () => void child.kill('SIGKILL');
  process.once('exit', kill);
  const endpoint = `http://127.0.0.1:${port}`;
  const stop = async () => {
    process.off('exit', kill);
    kill();
    await ended;
  };
  try {
    await Promise.race([
      answering(endpoint),
      ended.then(() => Promise.reject(new Error('DynamoDB Local ended'))),
    ]);
  } catch (error) {
    await stop();
    throw error;
  }
  return { endpoint, stop };
}

async function answering(endpoint: string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  for (;;) {
    try {
      return await checkEndpoint(endpoint);
    } catch (error) {
      if (performance.now() > deadline) throw error;
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}

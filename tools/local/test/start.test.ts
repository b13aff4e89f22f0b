import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { EVERY_FEATURE, runStack, startStack } from '../../../test/stack-process.ts';
import { startEngine } from '../database/embedded-engine.ts';
import { createTables } from '../database/tables.ts';
import { LAYOUT_VERSION, openDataDirectory } from '../files/data-directory.ts';
import { openTemplate } from '../template/template.ts';
import { template } from './fixtures/tiny-assembly.ts';

const folders: string[] = [];
let dataDirectory: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'redraw-tracker-start-'));
  folders.push(folder);
  dataDirectory = join(folder, 'data');
});

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The files and folders of the data directory that other users can open. Copies of packages in the assembly keep their modes. */
function openToOthers(folder: string): string[] {
  const names = ['.', ...readdirSync(folder, { recursive: true, encoding: 'utf8' })];
  const isData = (name: string) => !name.startsWith(join('assembly', 'cdk.out', 'asset.'));
  return names.filter((name) => isData(name) && (statSync(join(folder, name)).mode & 0o077) !== 0);
}

function enginePid(): number {
  return JSON.parse(readFileSync(join(dataDirectory, 'dynamodb', 'engine.json'), 'utf8')).pid;
}

describe('npm start refuses, with a sentence about what to do,', () => {
  it('a malformed secret', async () => {
    const { code, output } = await runStack({ dataDirectory, environment: { WEBHOOK_SECRET: 'letmein' } });
    expect([code, existsSync(dataDirectory)]).toEqual([1, false]);
    expect(output).toMatch(/^WEBHOOK_SECRET must be .*\.\n$/);
  });

  it('a port in use', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = server.address();
    const port = typeof address === 'object' && address ? String(address.port) : '';
    const { code, output } = await runStack({ dataDirectory, environment: { PORT: port } });
    server.close();
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port} is in use. Stop the other process, or set PORT`);
    // The next start still counts as the first one.
    const data = openDataDirectory(dataDirectory);
    expect(data.wasEmpty).toBe(true);
    data.close();
  });

  it('an endpoint without a DynamoDB', async () => {
    const environment = { DYNAMODB_ENDPOINT: 'http://127.0.0.1:9' };
    const { code, output } = await runStack({ dataDirectory, environment });
    expect(code).toBe(1);
    expect(output).toContain('No DynamoDB answers at DYNAMODB_ENDPOINT http://127.0.0.1:9.');
  });

  it('a data directory of another layout, which stays unchanged', async () => {
    mkdirSync(dataDirectory);
    writeFileSync(join(dataDirectory, 'layout.json'), JSON.stringify({ layout: LAYOUT_VERSION + 1 }));
    writeFileSync(join(dataDirectory, 'precious'), 'x');
    const { code, output } = await runStack({ dataDirectory });
    expect(code).toBe(1);
    expect(output).toContain(`layout ${LAYOUT_VERSION + 1}, and this version reads layout ${LAYOUT_VERSION}`);
    expect(readdirSync(dataDirectory).sort()).toEqual(['layout.json', 'precious']);
  });
});

describe('the data directory', () => {
  it('is refused if it holds other files, or is a file', () => {
    mkdirSync(dataDirectory);
    writeFileSync(join(dataDirectory, 'thesis.txt'), 'x');
    expect(() => openDataDirectory(dataDirectory)).toThrow(/contains other files/);
    expect(() => openDataDirectory(join(dataDirectory, 'thesis.txt'))).toThrow(/is not a readable directory/);
    expect(readdirSync(dataDirectory)).toEqual(['thesis.txt']);
  });

  // Node's recursive mkdir never returns below /proc.
  it.skipIf(!existsSync('/proc/self'))('is refused if it cannot be created', () => {
    expect(() => openDataDirectory('/proc/redraw-tracker/data')).toThrow(
      /^DATA_DIR \/proc\/redraw-tracker\/data cannot be created for this user alone \(ENOENT.*\)\. Set DATA_DIR to another directory\.$/,
    );
  });

  it('is empty until it is used, and can be opened again after it was closed', () => {
    const first = openDataDirectory(dataDirectory);
    expect(first.wasEmpty).toBe(true);
    expect(() => openDataDirectory(dataDirectory)).toThrow(/Another npm start is using DATA_DIR/);
    first.close();
    const second = openDataDirectory(dataDirectory);
    expect(second.wasEmpty).toBe(true);
    second.use();
    second.close();
    for (const _ of ['once', 'and again']) {
      const later = openDataDirectory(dataDirectory);
      expect(later.wasEmpty).toBe(false);
      later.close();
    }
  });

  it('is for its user only, even if it was open to others', () => {
    mkdirSync(dataDirectory, { mode: 0o755 });
    openDataDirectory(dataDirectory).close();
    expect(statSync(dataDirectory).mode & 0o777).toBe(0o700);
  });

  it('leaves nothing behind if it is in memory', () => {
    const data = openDataDirectory(':memory:');
    expect(existsSync(data.path)).toBe(true);
    data.close();
    expect(existsSync(data.path)).toBe(false);
  });
});

describe('tables', () => {
  it('that were restored have to exist', async () => {
    const engine = await startEngine({ dbPath: ':memory:' });
    try {
      const tiny = openTemplate({ template: template(), assets: new Map() });
      const missing = createTables(engine.endpoint, tiny, 'Items');
      await expect(missing).rejects.toThrow('The database has no table Items. Correct EXISTING_TABLE');
      await createTables(engine.endpoint, tiny, 'Other');
      await createTables(engine.endpoint, tiny, 'Items');
    } finally {
      await engine.stop();
    }
  });

  it('are created once, and refused if they have changed', async () => {
    const engine = await startEngine({ dbPath: ':memory:' });
    try {
      const changed = template();
      changed.Resources.Items.Properties.GlobalSecondaryIndexes = [];
      await createTables(engine.endpoint, openTemplate({ template: template(), assets: new Map() }));
      await createTables(engine.endpoint, openTemplate({ template: template(), assets: new Map() }));
      const again = createTables(engine.endpoint, openTemplate({ template: changed, assets: new Map() }));
      await expect(again).rejects.toThrow(
        /The table Items has other keys, other indexes.*Nothing was changed/s,
      );
    } finally {
      await engine.stop();
    }
  });
});

describe('a running stack', () => {
  it('locks its data, ends its engine when killed, starts again, and stops cleanly', async () => {
    const first = await startStack({ dataDirectory });
    const second = await runStack({ dataDirectory });
    expect(second.code).toBe(1);
    expect(second.output).toContain('Another npm start is using DATA_DIR');

    const engine = enginePid();
    expect(exists(engine)).toBe(true);
    await first.kill9();
    await vi.waitFor(() => expect(exists(engine)).toBe(false), { timeout: 3000, interval: 20 });

    const again = await startStack({ dataDirectory, environment: EVERY_FEATURE });
    const [template] = readdirSync(join(dataDirectory, 'assembly', 'cdk.out')).filter((name) =>
      name.endsWith('.template.json'),
    );
    const text = readFileSync(join(dataDirectory, 'assembly', 'cdk.out', template ?? ''), 'utf8');
    expect(text).toMatch(/"KEEP_INTERPRETATION": ?"on"/);
    expect((await fetch(`${again.url}/.well-known/jwks.json`)).status).toBe(200);
    expect(openToOthers(dataDirectory)).toEqual([]);
    const nextEngine = enginePid();
    expect(await again.stop()).toBe(0);
    const data = openDataDirectory(dataDirectory);
    expect(data.wasEmpty).toBe(false);
    data.close();
    expect([exists(nextEngine), existsSync(join(dataDirectory, 'dynamodb', 'engine.json'))]).toEqual([
      false,
      false,
    ]);
  }, 180_000);

  it('ends an engine that an earlier stack left behind, and starts one at an address that no page can guess', async () => {
    const pidFile = join(folders.at(-1) ?? '', 'engine.json');
    const dbPath = join(folders.at(-1) ?? '', 'data.sqlite');
    const left = await startEngine({ dbPath, pidFile });
    const next = await startEngine({ dbPath, pidFile });
    await left.ended;
    expect(exists(left.pid)).toBe(false);
    expect(new URL(next.endpoint).hostname).not.toBe(new URL(left.endpoint).hostname);
    await next.stop();
  });
});

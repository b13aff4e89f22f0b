import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleDashboard, DashboardBuildError } from '../../../lib/bundling/dashboard-bundle.ts';

const root = mkdtempSync(join(tmpdir(), 'dashboard-bundle-'));
const outputDirectory = join(root, 'dist', 'dashboard');
const bundle = () => bundleDashboard({ root, outputDirectory });

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

beforeAll(() => {
  symlinkSync(join(import.meta.dirname, '..', '..', '..', 'node_modules'), join(root, 'node_modules'));
  write('dashboard/index.html', '<!doctype html><script type="module" src="/src/main.js"></script>');
  write('dashboard/src/main.js', 'document.title = process.env.NODE_ENV;');
});

afterAll(() => rmSync(root, { recursive: true }));

describe('building the page', () => {
  it('creates a folder to deploy, always built for production', async () => {
    const folder = await bundle();
    const html = readFileSync(join(folder, 'index.html'), 'utf8');
    const [script = ''] = html.match(/assets\/[\w-]+\.js/) ?? [];
    expect(readFileSync(join(folder, script), 'utf8')).toContain('production');
    expect(process.env.NODE_ENV).toBe('test');
  });

  it('is not repeated for the same sources; other sources get another folder', async () => {
    const folder = await bundle();
    const built = statSync(join(folder, 'index.html')).mtimeMs;
    expect(await bundle()).toBe(folder);
    expect(statSync(join(folder, 'index.html')).mtimeMs).toBe(built);
    write('package-lock.json', '{}');
    const next = await bundle();
    expect(next).not.toBe(folder);
    expect(existsSync(join(folder, 'index.html'))).toBe(true);
  });

  it('explains a failure and how to correct it, and leaves no incomplete folder', async () => {
    write('dashboard/src/main.js', "import './missing.js';");
    const before = readdirSync(outputDirectory);
    await expect(bundle()).rejects.toThrow(DashboardBuildError);
    await expect(bundle()).rejects.toThrow(/could not be built:[\s\S]*missing\.js[\s\S]*Run npm ci/);
    expect(readdirSync(outputDirectory)).toEqual(before);
    rmSync(join(root, 'dashboard', 'index.html'));
    await expect(bundle()).rejects.toThrow(
      /dashboard\/index\.html is missing\..* set redraw-tracker:dashboard to off/,
    );
  });
});

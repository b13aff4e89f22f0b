import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allEnded } from '../processes/run-process.ts';
import { findPython, NO_PYTHON, type Python } from './environment.ts';

export interface ToolRun {
  readonly python: Python;
  /** Removed at the end. */
  readonly folder: string;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Runs a tool that needs Python, and leaves no process and no file of it.
 *
 * @param tool returns the exit code
 * @returns the exit code; 0 where there is no Python, which is said
 */
export async function runPythonTool(name: string, tool: (run: ToolRun) => Promise<number>): Promise<number> {
  const python = await findPython();
  if (!python) {
    console.log(`Skipped: ${NO_PYTHON}`);
    return 0;
  }
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Not once: npm passes on a Ctrl-C that the terminal has sent here too, and the second must not end the cleanup.
    process.on(signal, () => stop.abort(new Error(`Stopped by ${signal}.`)));
  }
  const folder = mkdtempSync(join(tmpdir(), `redraw-tracker-${name}-`));
  try {
    return await tool({ python, folder, signal: stop.signal });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return stop.signal.aborted ? 130 : 1;
  } finally {
    await allEnded();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lets cfn-lint and checkov judge the templates of the app. README.md describes it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { allEnded } from '../processes/run-process.ts';
import { findPython, NO_PYTHON } from '../python/environment.ts';
import { faultsOf } from './findings.ts';
import { askCfnLint, askCheckov, type JudgeOptions, openJudge } from './judges.ts';
import { REASONS } from './reasons.ts';
import { type SynthesizedTemplate, synthesizeAll } from './templates.ts';

process.exitCode = await lint();

/** @returns the exit code */
async function lint(): Promise<number> {
  const python = await findPython();
  if (!python) {
    console.log(`Skipped: ${NO_PYTHON}`);
    return 0;
  }
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    // Not once: npm passes on a Ctrl-C that the terminal has sent here too, and the second must not end the cleanup.
    process.on(name, () => stop.abort(new Error(`Stopped by ${name}.`)));
  }
  const home = mkdtempSync(join(tmpdir(), 'redraw-tracker-lint-'));
  try {
    return await judge({ python, home, signal: stop.signal });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return stop.signal.aborted ? 130 : 1;
  } finally {
    await allEnded();
    rmSync(home, { recursive: true, force: true });
  }
}

async function judge(options: JudgeOptions): Promise<number> {
  const [cfnLint, checkov] = [await openJudge('cfn-lint', options), await openJudge('checkov', options)];
  const templates = await synthesizeAll(options.home, options.signal);
  const found = await Promise.all([
    askCheckov(checkov, filesOf(templates)),
    ...[...Map.groupBy(templates, ({ region }) => region)].map(([region, those]) =>
      askCfnLint(cfnLint, filesOf(those), region),
    ),
  ]);
  const findings = found.flat();
  const faults = faultsOf(findings, REASONS);
  for (const fault of faults) console.error(fault);
  const result = faults.length === 0 ? 'each has a reason' : `${faults.length} faults`;
  console.log(`${templates.length} templates, ${findings.length} findings; ${result}.`);
  return faults.length === 0 ? 0 : 1;
}

function filesOf(templates: readonly SynthesizedTemplate[]): string[] {
  return templates.map(({ file }) => file);
}

/** Lets cfn-lint and checkov judge the templates of the app. README.md describes it. */
import { runPythonTool } from '../python/python-tool.ts';
import { faultsOf } from './findings.ts';
import { askCfnLint, askCheckov, type JudgeOptions, openJudge } from './judges.ts';
import { REASONS } from './reasons.ts';
import { type SynthesizedTemplate, synthesizeAll } from './templates.ts';

process.exitCode = await runPythonTool('lint', ({ folder, ...run }) => judge({ ...run, home: folder }));

/** @returns the exit code */
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

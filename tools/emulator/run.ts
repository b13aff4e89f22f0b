/** Deploys the app to an AWS emulator on this machine, and tries it from outside. README.md describes it. */
import { parseArgs } from 'node:util';
import { runPythonTool } from '../python/python-tool.ts';
import { LACKING } from './lacking.ts';
import { Progress } from './progress.ts';
import { tryDeployment } from './try-deployment.ts';

const { values } = parseArgs({
  options: { break: { type: 'string' }, stay: { type: 'boolean' }, without: { type: 'string' } },
});
const { break: broken, stay = false, without } = values;

process.exitCode = await runPythonTool('emulator', async (run) => {
  const begun = performance.now();
  await tryDeployment({
    ...run,
    lacking: LACKING.filter(({ name }) => name !== without),
    broken,
    stay,
    progress: new Progress(run.signal),
  });
  if (!stay) console.log(`All of it was right, after ${Math.round((performance.now() - begun) / 1_000)} s.`);
  return 0;
});

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from './paths.ts';

/** Runs a file by this Node in the root of the repository. Throws with what it printed if it fails. */
export async function runNode(file: string, args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [file, ...args], { cwd: root });
    return stdout;
  } catch (error) {
    const { stdout = '', stderr = String(error) } = error as { stdout?: string; stderr?: string };
    throw new Error(`${file} ${args.join(' ')} failed:\n${stdout}${stderr}`);
  }
}

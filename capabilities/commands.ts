import type { Command } from 'commander';
import { capabilitiesWith } from './folders.ts';

/** What the command line has for the capabilities, from the operations/commands.ts of each. */
export async function capabilityCommands(): Promise<Command[]> {
  const all = capabilitiesWith('operations/commands.ts').map(async (name) => {
    const { commands }: { commands: () => Command[] } = await import(`./${name}/operations/commands.ts`);
    return commands();
  });
  return (await Promise.all(all)).flat();
}

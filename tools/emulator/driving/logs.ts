import { patientDataIn } from '../../../test/patient-data.ts';
import type { Clients } from '../aws/clients.ts';
import type { DeployedStage } from './deployed-stage.ts';
import { functionsOf, logLines } from './functions.ts';

/** Looks for the data of the journeys' patients in the logs of all functions of a stage. @throws if there is any */
export async function checkLogs(stage: DeployedStage, clients: Clients): Promise<string> {
  let count = 0;
  for (const [service, name] of await functionsOf(stage, clients)) {
    const lines = await logLines(name, '', clients);
    const leak = lines.find((line) => patientDataIn(line).length > 0);
    if (leak !== undefined) throw new Error(`The log of ${service} has patient data: ${leak}`);
    count += lines.length;
  }
  if (count === 0) throw new Error(`The functions of ${stage.name} have logged nothing.`);
  return `no patient data in ${count} lines`;
}

import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Call } from '../../../test/stack/http-call.ts';
import { QueryClient } from '../../../test/stack/query/calls.ts';

const ATTEMPTS = 10;

/** Asks again after a 503, as clients should: on a busy machine, the emulator may answer a function later than it waits. */
export class PatientClient extends QueryClient {
  override async ask(path: string, options?: Call): Promise<Answer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await super.ask(path, options);
      if (answer.status !== 503 || attempt === ATTEMPTS) return answer;
      await sleep(1_000);
    }
  }
}

import { Problem } from '../../../lib/problems/problem.ts';
import type { DataDirectory } from '../files/data-directory.ts';
import { checkEndpoint, startEngine } from './embedded-engine.ts';

export interface Database {
  endpoint: string;
  /** Rejects if the engine ends before it is stopped. */
  broken: Promise<never>;
  stop(): Promise<void>;
}

/**
 * Starts the embedded engine, or connects to the database at DYNAMODB_ENDPOINT.
 * @throws Problem if there is no database
 */
export async function startDatabase(endpoint: string | undefined, data: DataDirectory): Promise<Database> {
  if (endpoint !== undefined) {
    await checkEndpoint(endpoint);
    return { endpoint, broken: new Promise(() => {}), stop: async () => {} };
  }
  const engine = await startEngine(
    data.inMemory
      ? { dbPath: ':memory:' }
      : { dbPath: data.file('dynamodb', 'data.sqlite'), pidFile: data.file('dynamodb', 'engine.json') },
  );
  let stopping = false;
  const broken = engine.ended.then(() => {
    if (stopping) return new Promise<never>(() => {});
    throw new Problem(
      'The DynamoDB engine stopped unexpectedly. No acknowledged write is lost. Run npm start again.',
    );
  });
  broken.catch(() => {});
  return {
    endpoint: engine.endpoint,
    broken,
    stop() {
      stopping = true;
      return engine.stop();
    },
  };
}

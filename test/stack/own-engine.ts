import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { type Engine, startEngine } from '../../tools/local/database/embedded-engine.ts';
import { filesWithPatientData } from '../patient-data.ts';

/** A database whose address stays the same while its engine stops and starts. */
export interface OwnEngine {
  endpoint: string;
  stop(): Promise<void>;
  /** Starts again with everything that was written. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** @param dbPath the file that outlives a stop */
export async function startOwnEngine(dbPath: string): Promise<OwnEngine> {
  let engine: Engine | undefined = await startEngine({ dbPath });
  const sockets = new Set<Socket>();
  const server = createServer((incoming) => {
    if (!engine) return incoming.destroy();
    const { hostname, port } = new URL(engine.endpoint);
    const outgoing = connect(Number(port), hostname);
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket);
      socket.once('close', () => {
        sockets.delete(socket);
        incoming.destroy();
        outgoing.destroy();
      });
      socket.on('error', () => socket.destroy());
    }
    incoming.pipe(outgoing).pipe(incoming);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const stop = async () => {
    const running = engine;
    engine = undefined;
    for (const socket of sockets) socket.destroy();
    await running?.stop();
  };
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop,
    async restart() {
      engine = await startEngine({ dbPath });
    },
    async close() {
      server.close();
      await stop();
      const leaks = filesWithPatientData(dirname(dbPath));
      if (leaks.length > 0) throw new Error(`Patient data in ${leaks.join(', ')}`);
    },
  };
}

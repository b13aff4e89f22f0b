import pg from 'pg';
import { transactionsOf } from '../junction/transaction.ts';
import { FunctionProcess } from '../lambda/function-process.ts';
import { bundlesOf, deliverTo, httpEntry, peerEnvironment } from '../lambda/lambda-peer.ts';
import type { Peer, RunningPeer } from '../peer.ts';
import { programs, startDatabase } from './database.ts';
import { findOrders, SCHEMA } from './service/orders.ts';

/** A server with a relational database. */
export const postgresql: Peer = {
  name: 'postgresql',
  title: 'Fastify and PostgreSQL, lock and merge',
  missing: () => (programs() === null ? "PostgreSQL is not installed (Debian's package: postgresql)" : null),
  async start(surroundings): Promise<RunningPeer> {
    const database = await startDatabase(programs() ?? '');
    const pool = new pg.Pool({ connectionString: database.url });
    // The server can end a connection before the pool has closed it.
    pool.on('error', () => undefined);
    await pool.query(SCHEMA);
    const file = bundlesOf('postgresql', surroundings.place);
    const environment = peerEnvironment(surroundings, { DATABASE_URL: database.url });
    const entry = httpEntry(file('service'), environment);
    const service = new FunctionProcess(entry);
    return {
      entry,
      deliver: (sent) => deliverTo(service, entry, sent),
      settled: async () => undefined,
      transactions: async () => transactionsOf(await findOrders(pool)),
      async stop() {
        service.stop();
        await pool.end();
        await database.stop();
      },
    };
  },
};

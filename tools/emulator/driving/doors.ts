import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream';
import type { Ministack } from '../aws/ministack.ts';

interface Door {
  readonly server: Server;
  readonly url: string;
}

/**
 * Addresses on this machine for host names of AWS. No name server knows the names that the emulator makes up, and it tells its APIs and
 * distributions apart by them.
 */
export class Doors {
  readonly #ministack: Pick<Ministack, 'port'>;
  readonly #open = new Map<string, Promise<Door>>();

  constructor(ministack: Pick<Ministack, 'port'>) {
    this.#ministack = ministack;
  }

  /** @returns the same URL on this machine */
  async to(address: string): Promise<string> {
    const { host, href, origin } = new URL(address);
    const door = this.#open.get(host) ?? this.#openFor(host);
    this.#open.set(host, door);
    return href.replace(origin, (await door).url).replace(/\/$/, '');
  }

  async #openFor(host: string): Promise<Door> {
    const server = createServer((asked, answer) => {
      const { method, url: path } = asked;
      // As a browser that came over https.
      const headers = { ...asked.headers, host, 'x-forwarded-proto': 'https' };
      const passed = request({ host: '127.0.0.1', port: this.#ministack.port, method, path, headers });
      passed.on('response', (response) => {
        // Whoever asked has gone.
        if (answer.destroyed) return void response.destroy();
        answer.writeHead(response.statusCode ?? 502, response.headers);
        pipeline(response, answer, () => undefined);
      });
      passed.on('error', () => answer.destroy());
      pipeline(asked, passed, () => undefined);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  async close(): Promise<void> {
    for (const { server } of await Promise.all(this.#open.values())) {
      server.close();
      server.closeAllConnections();
    }
  }
}

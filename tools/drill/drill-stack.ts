import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { WEBHOOK_PATH } from '../../core/http/webhook-path.ts';
import type { InboxMessage } from '../local/patient-messages/inbox.ts';
import { readSettings } from '../local/settings.ts';
import { type LocalStack, startStack } from '../local/stack.ts';
import type { Journey } from '../sandbox/journeys/journeys.ts';
import { planDeliveries } from '../sandbox/webhooks/delivery-plan.ts';
import { deliver } from '../sandbox/webhooks/webhook-sender.ts';

const listSchema = z.object({
  transactions: z.array(z.looseObject({ id: z.string() })),
  next_cursor: z.string().nullable(),
});

export type Shown = z.output<typeof listSchema>['transactions'][number];

const SECRET = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;

/** A local stack in the drill, and the actions of people and programs on it. */
export class DrillStack {
  readonly url: string;
  readonly #stack: LocalStack;
  readonly #token: string;

  private constructor(stack: LocalStack, token: string) {
    this.#stack = stack;
    this.#token = token;
    this.url = stack.url;
  }

  /** @param environment settings of `npm start` */
  static async start(environment: Record<string, string>): Promise<DrillStack> {
    const stack = await startStack({
      settings: readSettings({ PORT: '0', DEMO: 'off', WEBHOOK_SECRET: SECRET, ...environment }),
      journeys: () => [],
      webhookPath: WEBHOOK_PATH,
      print: () => {},
      signal: new AbortController().signal,
    });
    return new DrillStack(stack, await stack.token());
  }

  stop(): Promise<void> {
    return this.#stack.stop();
  }

  /** Sends the journeys' webhooks as Junction does. @returns how many were not accepted */
  async deliver(journeys: readonly Journey[]): Promise<number> {
    const url = this.url + WEBHOOK_PATH;
    const { failed } = await deliver(planDeliveries(journeys), { url, secret: SECRET, retryDelaysMs: [] });
    return failed;
  }

  async ask(method: string, path: string, body?: unknown): Promise<{ status: number; json: unknown }> {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.#token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, json: await response.json().catch(() => null) };
  }

  /** What patients and owners have got until now. */
  async inbox(): Promise<readonly InboxMessage[]> {
    return (await fetch(`${this.url}/inbox.json`)).json() as Promise<InboxMessage[]>;
  }

  /** Replies to the last SMS that a number has got. */
  async reply(to: string, text: string): Promise<void> {
    const body = new URLSearchParams({ to, text });
    await fetch(`${this.url}/inbox/replies`, { method: 'POST', body, redirect: 'manual' });
  }

  async invoke(name: string, event: unknown): Promise<unknown> {
    const response = await fetch(`${this.url}/2015-03-31/functions/${name}/invocations`, {
      method: 'POST',
      body: JSON.stringify(event),
    });
    const answer = (await response.json()) as { readonly errorMessage?: string } | null;
    if (answer?.errorMessage !== undefined) throw new Error(`${name}: ${answer.errorMessage}`);
    return answer;
  }

  /** All transactions, by id, once nothing changes any more. */
  async settled(): Promise<Map<string, Shown>> {
    let before = await this.#transactions();
    for (let calm = 0; calm < 3; ) {
      await sleep(300);
      const now = await this.#transactions();
      calm = isDeepStrictEqual(now, before) ? calm + 1 : 0;
      before = now;
    }
    return new Map(before.map((transaction) => [transaction.id, transaction]));
  }

  async #transactions(): Promise<Shown[]> {
    const found: Shown[] = [];
    let cursor: string | null = null;
    do {
      const after: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const { json } = await this.ask('GET', `/v1/transactions?limit=100${after}`);
      const page = listSchema.parse(json);
      found.push(...page.transactions);
      cursor = page.next_cursor;
    } while (cursor !== null);
    return found;
  }
}

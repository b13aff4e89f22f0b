import { QueryClient } from '../../../test/stack/query/calls.ts';
import { callWebhook, signed } from '../../../test/stack/webhook/calls.ts';
import { type StackProcess, startStack } from '../../../test/stack-process.ts';
import type { Snapshot } from '../../sandbox/journeys/journeys.ts';
import { journeys } from '../../sandbox/journeys/journeys.ts';
import { WEBHOOK_SECRET } from '../deployment.ts';
import { type Figure, median, percentile } from '../figures.ts';
import { Progress } from '../progress.ts';

/** The number of concurrent journeys: a high load that the stack can handle. */
const CONCURRENT = 4;
const GIVE_UP_MS = 10_000;

interface Told {
  readonly transactionId: string;
  readonly orderId: string;
  readonly at: string;
  readonly body: string;
}

/** The time from the 2xx response of a webhook until its transaction shows the change, on the running stack. */
export async function visibility(count: number): Promise<Figure[]> {
  const stack = await startStack({ environment: { WEBHOOK_SECRET, DATA_DIR: ':memory:' } });
  try {
    const times = await measure(stack, count);
    const detail = { webhooks: times.length, concurrent: CONCURRENT };
    return [
      { name: 'webhook answered → transaction visible, p50', value: median(times), unit: 'ms', detail },
      {
        name: 'webhook answered → transaction visible, p99',
        value: percentile(times, 0.99),
        unit: 'ms',
        budget: 1000,
      },
    ];
  } finally {
    await stack.stop();
  }
}

async function measure(stack: StackProcess, count: number): Promise<number[]> {
  const client = await QueryClient.open(stack.url);
  const scripts = ['walk_in_completed', 'at_home_completed', 'redraw_completed'] as const;
  const told = journeys(2, count, { spelling: 'documented', scripts }).map(({ snapshots }) =>
    snapshots.flatMap(reportedBy),
  );
  const progress = new Progress('Webhooks until they are visible', told.flat().length);
  const waiting = told.values();
  const times: number[] = [];
  const worker = async () => {
    for (const journey of waiting) {
      for (const one of journey) {
        times.push(await timeUntilVisible(stack.url, client, one));
        progress.step();
      }
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, worker));
  return times;
}

interface OrderPayload {
  data: {
    id: string;
    last_event?: { created_at: string };
    order_transaction?: { id: string };
  };
}

function reportedBy({ payload, eventType }: Snapshot): Told[] {
  if (!eventType.startsWith('labtest.order.')) return [];
  const { id, last_event, order_transaction } = (payload as OrderPayload).data;
  if (!last_event || !order_transaction) return [];
  const told = { transactionId: order_transaction.id, orderId: id, at: normalised(last_event.created_at) };
  return [{ ...told, body: JSON.stringify(payload) }];
}

const normalised = (time: string) => new Date(time).toISOString().replace(/Z$/, '000Z');

async function timeUntilVisible(url: string, client: QueryClient, told: Told): Promise<number> {
  const headers = signed(told.body, {
    secrets: [WEBHOOK_SECRET],
    id: `msg_${told.orderId}_${told.at.length}`,
  });
  const { status } = await callWebhook(url, { body: told.body, headers });
  const answered = performance.now();
  if (status !== 200) throw new Error(`the webhook was answered ${status}`);
  for (;;) {
    const { json } = await client.ask(`/v1/transactions/${told.transactionId}`);
    const waited = performance.now() - answered;
    if (shows(json, told)) return waited;
    if (waited > GIVE_UP_MS) throw new Error(`not visible after ${GIVE_UP_MS} ms: order ${told.orderId}`);
  }
}

function shows(answer: unknown, { orderId, at }: Told): boolean {
  const { orders = [] } = (answer ?? {}) as {
    orders?: { id: string; low_level_status_created_at: string | null }[];
  };
  return orders.some((order) => order.id === orderId && (order.low_level_status_created_at ?? '') >= at);
}

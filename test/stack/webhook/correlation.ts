/** One query finds all that a webhook caused, up to the mail: everything on the way carries the id of the message. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { event, march, orderId, walkIn } from '../../../tools/verification/oracle/bodies.ts';
import { dataDirectory, outcome } from './scene.ts';

interface Line {
  readonly service?: string;
  readonly request_id?: string;
  readonly correlation_id?: string;
  readonly 'detail-type'?: string;
  readonly detail?: { readonly correlation_id?: string };
}

/** No payload names its transaction, so that it has the same id. */
const ORDER = 29;

export function correlation(): void {
  test('the lines, events and mails that a webhook caused carry the id of its message', async () => {
    const cancelled = [event(1, 'ordered', march(1)), event(2, 'cancelled', march(2))];
    const reinstated = [...cancelled, event(3, 'requisition_created', march(3))];
    expect(await outcome(walkIn(ORDER, cancelled), { id: 'msg_cancels' })).toBe('applied');
    // The path of the first message ends before the second begins.
    await expect.poll(() => sourcesOf('msg_cancels'), { timeout: 10_000 }).toContain('publish');
    expect(await outcome(walkIn(ORDER, reinstated), { id: 'msg_reinstates' })).toBe('applied');
    await expect.poll(mailsAbout, { timeout: 10_000 }).toHaveLength(1);

    const path = [
      'webhook',
      'recompute',
      'publish',
      'Insight Changed',
      'Transaction Reopened',
      'Transaction Anomaly',
      'operator-mails',
    ];
    // The last line is written after the event is on the bus.
    await expect.poll(() => [...new Set(sourcesOf('msg_reinstates'))].sort()).toEqual(path.sort());
    for (const line of lines().filter((text) => text.includes(orderId(ORDER)))) {
      const { request_id, 'detail-type': type } = JSON.parse(line) as Line;
      expect(['msg_cancels', 'msg_reinstates']).toContain(causeOf(line));
      // An event is of no invocation.
      if (!type) expect(request_id).toMatch(/^[\da-f-]{36}$/);
    }
  });
}

/** As `coalesce` of the query in lib/monitoring/correlation-query.ts. */
function causeOf(text: string): string | undefined {
  const { correlation_id, detail } = JSON.parse(text) as Line;
  return correlation_id ?? detail?.correlation_id;
}

/** Which functions logged lines with the id, and which events have it. */
function sourcesOf(id: string): string[] {
  return lines()
    .filter((text) => causeOf(text) === id)
    .map((text) => JSON.parse(text) as Line)
    .map(({ service, 'detail-type': type }) => service ?? type ?? '');
}

/** The lines of all log groups: those of the functions, and that of the bus. */
function lines(): string[] {
  const folder = join(dataDirectory, 'logs');
  return readdirSync(folder)
    .flatMap((file) => readFileSync(join(folder, file), 'utf8').split('\n'))
    .filter((line) => line.startsWith('{'));
}

function mailsAbout(): string[] {
  const folder = join(dataDirectory, 'sns');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .filter((mail) => mail.includes(orderId(ORDER)));
}

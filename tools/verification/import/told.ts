/** What a local stack has told anybody, read from its data directory. */
import { existsSync, globSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

const mailSchema = z.object({ subject: z.string().optional(), message: z.string() });
const eventSchema = z.object({
  'detail-type': z.string(),
  detail: z.looseObject({ historical: z.boolean().optional() }),
});

/** The mails to operators by topic, without those of alarms. */
export function mailsIn(directory: string): { topic: string; subject: string; message: string }[] {
  const root = join(directory, 'sns');
  if (!existsSync(root)) return [];
  return readdirSync(root).flatMap((topic) =>
    globSync('*.json', { cwd: join(root, topic) }).flatMap((file) => {
      const { subject = '', message } = mailSchema.parse(
        JSON.parse(readFileSync(join(root, topic, file), 'utf8')),
      );
      return /^(ALARM|OK)\b/.test(subject) ? [] : [{ topic, subject, message }];
    }),
  );
}

export interface EventCounts {
  readonly history: number;
  readonly news: Readonly<Record<string, number>>;
}

/** The events in the log of the bus. */
export function eventsIn(directory: string): EventCounts {
  const news: Record<string, number> = {};
  let history = 0;
  for (const file of globSync('logs/*.log*', { cwd: directory })) {
    for (const line of readFileSync(join(directory, file), 'utf8').split('\n')) {
      const event = line.startsWith('{') ? eventSchema.safeParse(JSON.parse(line)).data : undefined;
      if (event?.detail.historical === undefined) continue;
      if (event.detail.historical) history += 1;
      else news[event['detail-type']] = (news[event['detail-type']] ?? 0) + 1;
    }
  }
  return { history, news };
}

/** How much its functions and its bus have logged. */
export function logBytes(directory: string): number {
  const files = globSync('logs/*', { cwd: directory });
  return files.reduce((sum, file) => sum + statSync(join(directory, file)).size, 0);
}

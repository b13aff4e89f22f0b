import { once } from 'node:events';
import { TEAM_WEBHOOK_PATH, WEBHOOK_PATH } from '../../core/http/webhook-path.ts';
import { Problem } from '../../lib/problems/problem.ts';
import { sampleJourneys } from '../sandbox/journeys/sample-journeys.ts';
import { showSampleJourneys } from './console/demo.ts';
import { type DemoProgress, openDemoProgress } from './console/demo-progress.ts';
import { eventLine } from './console/event-line.ts';
import { printable } from './console/printable.ts';
import { whatToTry } from './console/what-to-try.ts';
import { eventForwarding } from './events/event-forwarding.ts';
import { readSettings } from './settings.ts';
import { startStack } from './stack.ts';

// As on Lambda.
process.env.TZ = 'UTC';
// The data is for this user only.
process.umask(0o077);

const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
  });
}
stopWithNpm();
const print = (line: string) => console.log(printable(line));

try {
  await run();
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(error instanceof Problem ? error.message : error);
    process.exit(1);
  }
}
process.exit(0);

async function run(): Promise<void> {
  const settings = readSettings(process.env);
  let demo: DemoProgress | undefined;
  const forward = eventForwarding({ ...settings.events, report: print, signal: stopping.signal });
  const stack = await startStack({
    settings,
    journeys: (now) =>
      sampleJourneys(
        now,
        settings.teams.map(({ id }) => id),
      ),
    webhookPath: settings.teams.length > 0 ? TEAM_WEBHOOK_PATH : WEBHOOK_PATH,
    print,
    onEvent(event) {
      if (settings.logEvents) print(eventLine(event, new Date()));
      forward(event);
    },
    startAt(data) {
      demo = openDemoProgress(data.file('demo.json'));
      if (settings.demo ?? data.wasEmpty) demo.begin();
      return demo.isUnfinished ? demo.ranUntil : null;
    },
    signal: stopping.signal,
  });
  try {
    print(`ready ${stack.url}`);
    if (demo?.isUnfinished) {
      const secret = settings.webhookSecrets[0] ?? '';
      const { teams } = settings;
      const shown = showSampleJourneys({
        stack,
        secret,
        teams,
        progress: demo,
        print,
        signal: stopping.signal,
      });
      // The stack keeps running if the demo fails.
      await Promise.race([shown.catch(reportFailure), stack.broken]);
    }
    if (!stopping.signal.aborted) stack.runByTheClock();
    if (!stopping.signal.aborted) for (const line of whatToTry(stack)) print(line);
    if (!stopping.signal.aborted) await Promise.race([once(stopping.signal, 'abort'), stack.broken]);
    print('Stopping …');
  } finally {
    await stack.stop();
  }
}

function reportFailure(error: unknown): void {
  if (!stopping.signal.aborted) print(`The demo failed: ${String(error)}`);
}

/**
 * npm sends a SIGTERM to its shell, which ends without passing it on. The change of the parent process shows that npm
 * has ended.
 */
function stopWithNpm(): void {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stopping.abort();
  }, 250).unref();
}

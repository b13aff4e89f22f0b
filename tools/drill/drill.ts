import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual, promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { isOfKind, itemKey, orderKey } from '../../core/store/table-layout.ts';
import { completeTable } from '../../operations/restore/complete-table.ts';
import { LOCAL_CREDENTIALS, localClientSettings } from '../local/database/client-settings.ts';
import { type Engine, startEngine } from '../local/database/embedded-engine.ts';
import { tableWithStream } from '../local/database/tables.ts';
import { REGION } from '../local/template/intrinsics.ts';
import { SANDBOX_API_KEY, type Sandbox, startSandbox } from '../sandbox/server.ts';
import { differences, eventIds, isAcknowledged, statesOf } from './drill-comparison.ts';
import {
  choicesOf,
  MESSAGE_SETTINGS,
  restoreDrillMessages,
  sayNo,
  sendAll,
  writtenAgain,
} from './drill-messages.ts';
import { DrillStack, type Shown } from './drill-stack.ts';
import { type World, worldOf } from './drill-world.ts';
import { type Backup, backUp, itemsOf, lose, restore } from './engine-table.ts';

const RESTORED = 'redraw-tracker-restored';
/** What a user without an item wants. */
const ANYTHING = { sms: true, email: true };

/** What was wrong, in a sentence each; empty if the drill succeeded. */
export type Faults = readonly string[];

/**
 * The procedure of docs/operations/restore.md on this machine: a backup, changes after it, the loss of the table, and all steps until the
 * restored table is in service.
 */
export async function drill(say: (line: string) => void): Promise<Faults> {
  const place = mkdtempSync(join(tmpdir(), 'redraw-tracker-drill-'));
  const engine = await startEngine({ dbPath: join(place, 'database.sqlite') });
  const world = worldOf(new Date());
  const sandbox = await startSandbox({ journeys: world.all });
  // Junction would write instead of us.
  sandbox.junction.changes.teamHasSms = false;
  const one = new Drill({ say, place, engine, sandbox, world });
  try {
    await one.run();
    return one.faults;
  } finally {
    await one.close();
    await sandbox.close();
    await engine.stop();
    rmSync(place, { recursive: true, force: true });
  }
}

interface Surroundings {
  readonly say: (line: string) => void;
  readonly place: string;
  readonly engine: Engine;
  readonly sandbox: Sandbox;
  readonly world: World;
}

class Drill {
  readonly faults: string[] = [];
  readonly #in: Surroundings;
  readonly #client: DynamoDBDocumentClient;
  #stack: DrillStack | undefined;

  constructor(surroundings: Surroundings) {
    this.#in = surroundings;
    this.#client = DynamoDBDocumentClient.from(
      new DynamoDBClient(localClientSettings(surroundings.engine.endpoint)),
    );
  }

  async close(): Promise<void> {
    await this.#stack?.stop();
    this.#client.destroy();
  }

  async run(): Promise<void> {
    const { say, world } = this.#in;
    say('1. In service: webhooks arrive, an operator acknowledges a redraw.');
    let stack = await this.#start({});
    const table = (await tableWithStream(this.#client)) ?? '';
    this.#expect((await stack.deliver(world.before)) === 0, 'a webhook before the backup was not accepted');
    await stack.settled();
    const [kept, lost] = await this.#calmRedraws(stack);
    await this.#acknowledge(stack, kept);
    await sendAll(stack);
    // The position of the poll of Junction's changes at the time of the backup.
    await this.#put(table, {
      ...itemKey('MARK', 'updates'),
      revision: 1,
      through: instantOf(world.backupAt),
    });
    const backup = await backUp(this.#client, table);

    say(
      `2. After the backup (${backup.items.length} items): more webhooks, an acknowledgement, a STOP, a consent withdrawn, a record that cannot be processed.`,
    );
    this.#expect((await stack.deliver(world.after)) === 0, 'a webhook after the backup was not accepted');
    await this.#acknowledge(stack, lost);
    await this.#failRecord(table, backup);
    await this.#sweep(stack);
    const reference = await stack.settled();
    await sendAll(stack);
    const written = await stack.inbox();
    this.#expect(written.length > 0, 'no patient got a message before the loss');
    const choices = await sayNo(stack, written, () => choicesOf(this.#client, table));

    say('3. The table is lost. Webhooks get a 503, so Junction retries them.');
    await lose(this.#client, table);
    const refused = await stack.deliver(world.later);
    this.#expect(refused > 0, 'a webhook was accepted without a table');
    await stack.stop();

    say(`4. Restore to ${RESTORED}: items and indexes come back, stream and time to live do not.`);
    await restore(this.#client, RESTORED, backup);
    const refusal = await DrillStack.start(this.#settings({ EXISTING_TABLE: RESTORED })).catch(
      (error: Error) => error.message,
    );
    this.#expect(/another stream/.test(String(refusal)), 'the stack started on a table without a stream');
    await completeTable(this.#client, { table: RESTORED, tagsFrom: null }, (done) => say(`   - ${done}`));
    // A person may have to repeat it.
    await completeTable(this.#client, { table: RESTORED, tagsFrom: RESTORED }, () => {});

    say(
      '5. Rebuild before anything else writes. Revisions are raised above all revisions that consumers have seen.',
    );
    await this.#rebuild();
    const lowest = await this.#lowestRevision();
    this.#expect(lowest > 1_700_000_000, `a revision is ${lowest}`);

    say('6. Deploy with existingTable. Functions read the stream of the restored table from now on.');
    stack = await this.#start({ EXISTING_TABLE: RESTORED });
    const restored = await stack.settled();
    this.#expect(
      !isDeepStrictEqual(statesOf(restored), statesOf(reference)),
      'nothing was lost by the restore',
    );

    say(
      '7. Sweeps request the changes since the backup from Junction and flag overdue redraws. A redrive processes failed records.',
    );
    await this.#sweep(stack);
    const redriven = (await stack.invoke('redrive', {})) as { waiting: number; left: number };
    this.#expect(
      redriven.waiting > 0 && redriven.left === 0,
      `the redrive returned ${JSON.stringify(redriven)}`,
    );
    const recovered = await stack.settled();
    this.faults.push(...differences(recovered, reference));
    this.#expect(isAcknowledged(recovered.get(kept)), 'the acknowledgement from before the backup is gone');

    say('8. Messages are off until the choices of patients are back from the audit trail.');
    await sendAll(stack);
    this.#expect(
      (await stack.inbox()).length === written.length,
      'a message was sent before the choices were back',
    );
    const place = { table: RESTORED, logs: join(this.#in.place, 'data', 'logs') };
    await restoreDrillMessages(this.#client, place, (done) => say(`   - ${done}`));
    const back = await choicesOf(this.#client, RESTORED);
    this.#expect(
      Object.entries(choices).every(([user, wants]) => isDeepStrictEqual(back[user] ?? ANYTHING, wants)),
      'the choices of patients differ from before the loss',
    );

    say('9. Junction retries the webhooks that got a 503, and the stream carries them.');
    this.#expect((await stack.deliver(world.later)) === 0, 'a webhook after the restore was not accepted');
    const now = await stack.settled();
    this.#expect(now.size > recovered.size, 'new webhooks created no new transactions');
    await sendAll(stack);
    this.faults.push(...writtenAgain(written, await stack.inbox()));
    this.#expectDistinctEvents();

    say('\nLost for good:');
    const gone = [...reference.values()].filter(
      (one) => isAcknowledged(one) && !isAcknowledged(recovered.get(one.id)),
    );
    say(
      `- ${gone.length} of ${[...reference.values()].filter(isAcknowledged).length} acknowledgements: made after the backup`,
    );
    this.#expect(
      gone.length === 1 && gone[0]?.id === lost,
      'not exactly the acknowledgement after the backup is lost',
    );
  }

  #settings(more: Record<string, string>): Record<string, string> {
    const { place, engine, sandbox } = this.#in;
    return {
      DATA_DIR: join(place, 'data'),
      DYNAMODB_ENDPOINT: engine.endpoint,
      JUNCTION_BASE_URL: sandbox.url,
      JUNCTION_API_KEY: SANDBOX_API_KEY,
      // Everything is on.
      KEEP_INTERPRETATION: 'on',
      ORDERING: 'on',
      OWNER_MAIL_SENDER: 'redraws@example.com',
      ...MESSAGE_SETTINGS,
      // Failing records are discarded after a second.
      RETRY_TIME_SCALE: '43200',
      ...more,
    };
  }

  async #start(more: Record<string, string>): Promise<DrillStack> {
    this.#stack = await DrillStack.start(this.#settings(more));
    return this.#stack;
  }

  /** Two open redraws without further progress, which would end an acknowledgement. */
  async #calmRedraws(stack: DrillStack): Promise<[string, string]> {
    const moving = this.#in.world.after.filter(({ snapshots }) => snapshots.length > 0);
    const ids = new Set(moving.flatMap(({ known }) => known.map(({ facts }) => facts.transactionId)));
    const { json } = await stack.ask('GET', '/v1/redraws?state=open&limit=100');
    const calm = (json as { transactions: Shown[] }).transactions.filter(({ id }) => !ids.has(id));
    const [first, second] = calm.map(({ id }) => id);
    if (first === undefined || second === undefined)
      throw new Error('The journeys need two open redraws without further progress.');
    return [first, second];
  }

  async #acknowledge(stack: DrillStack, id: string): Promise<void> {
    const { status } = await stack.ask('PUT', `/v1/redraws/${id}/acknowledgement`, { by: 'drill' });
    this.#expect(status === 200, `an acknowledgement returned ${status}`);
  }

  /** The first sweep finds what changed; the second flags what is due because of it. */
  async #sweep(stack: DrillStack): Promise<void> {
    for (const _ of ['first', 'second']) {
      await stack.invoke('sweep', { time: new Date().toISOString() });
      await stack.settled();
    }
  }

  async #put(TableName: string, Item: Record<string, unknown>): Promise<void> {
    await this.#client.send(new PutCommand({ TableName, Item }));
  }

  /** An order that no recompute can read. It is discarded, and waits in the failure bucket. */
  async #failRecord(table: string, { items }: Backup): Promise<void> {
    const order = items.find(({ sk }) => isOfKind('ORDER', sk));
    await this.#put(table, { ...order, ...orderKey('unreadable'), version: 'none' });
    const files = () => readdirSync(join(this.#in.place, 'data'), { encoding: 'utf8', recursive: true });
    while (!files().some((file) => /FailedRecords.*aws.lambda.*\d/.test(file))) await sleep(200);
  }

  async #rebuild(): Promise<void> {
    const { engine } = this.#in;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [
        join('bin', 'redraw-tracker.js'),
        'rebuild',
        ...['--table', RESTORED, '--restored-at', new Date().toISOString()],
        ...['--items-per-second', '5000'],
      ],
      {
        cwd: join(import.meta.dirname, '..', '..'),
        env: {
          ...process.env,
          AWS_ENDPOINT_URL_DYNAMODB: engine.endpoint,
          AWS_REGION: REGION,
          AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
          AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
        },
      },
    );
    this.#in.say(`   ${stdout.trim().split('\n').at(-1)}`);
  }

  async #lowestRevision(): Promise<number> {
    const transactions = (await itemsOf(this.#client, RESTORED)).filter(({ sk }) => isOfKind('TX', sk));
    return Math.min(...transactions.map(({ revision }) => Number(revision)));
  }

  #expectDistinctEvents(): void {
    const { reused, ids } = eventIds(join(this.#in.place, 'data', 'logs'));
    for (const id of reused) this.faults.push(`two different events have the id ${id}`);
    this.#in.say(`   ${ids} events on the bus. No ID was used for two different events.`);
  }

  #expect(holds: boolean, otherwise: string): void {
    if (!holds) this.faults.push(otherwise);
  }
}

/** A time with microseconds, as it is stored. */
function instantOf(date: Date): string {
  return date.toISOString().replace('Z', '000Z');
}

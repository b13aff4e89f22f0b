/** What lies between the functions and the services they call: requests wait their turn, and some fail. */
import type { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Table } from '../../functions/store/table.ts';
import type { MemoryTable } from '../memory/memory-table.ts';
import type { Invocation, Scheduler } from './scheduler.ts';

/** One in so many requests fails like this; 0 for never. */
export interface NetworkFaults {
  readonly throttled: number;
  /** It did not get there. */
  readonly lost: number;
  /** It was done, and the caller sees an error. */
  readonly timedOut: number;
  /** It was done, the answer was lost, and the SDK sent it again: the caller sees the second answer. */
  readonly sentAgain: number;
}

export const NO_NETWORK_FAULTS: NetworkFaults = { throttled: 0, lost: 0, timedOut: 0, sentAgain: 0 };

function failure(name: string): Error {
  return Object.assign(new Error(`simulated: ${name}`), { name });
}

/** What happens to one request, whose work is `send`. */
async function carried<T>(chance: Scheduler, faults: NetworkFaults, send: () => Promise<T>): Promise<T> {
  const strikes = (oneIn: number, what: string) => {
    if (oneIn === 0 || !chance.oneIn(oneIn)) return false;
    chance.note(`      ${what}`);
    return true;
  };
  if (strikes(faults.throttled, 'is throttled')) throw failure('ThrottlingException');
  if (strikes(faults.lost, 'does not get there')) throw failure('TimeoutError');
  if (strikes(faults.sentAgain, 'is sent twice')) await send().catch(() => undefined);
  const answered = send();
  if (!strikes(faults.timedOut, 'is done, and times out')) return answered;
  await answered.catch(() => undefined);
  throw failure('TimeoutError');
}

/** The table as one invocation sees it. `faults` is asked anew for each request. */
export function tableOver(
  memory: MemoryTable,
  chance: Scheduler,
  invocation: Invocation,
  faults: () => NetworkFaults,
): Table {
  const send = async (command: object) => {
    await chance.turn(invocation, describe(command));
    return carried(chance, faults(), () => memory.client.send(command as never));
  };
  return { client: { send }, name: memory.name } as unknown as Table;
}

function describe(command: object): string {
  const { input } = command as {
    input: { Key?: { pk: string }; Item?: { pk: string }; TransactItems?: object[] };
  };
  const items = input.TransactItems?.map((item) => Object.values(item)[0] as typeof input) ?? [input];
  const keys = items.map(({ Key, Item }) => (Key ?? Item)?.pk ?? '');
  return `${command.constructor.name.replace('Command', '')} ${keys.map((pk) => pk.replace(/-0000.*0000-0*/, '-')).join(' ')}`;
}

/** The bus, which keeps what it was given, now and then holds some of it back, and can be as unreachable as the table. */
export class MemoryBus {
  readonly received: { readonly type: string; readonly detail: string }[] = [];

  clientFor(chance: Scheduler, invocation: Invocation, faults: () => NetworkFaults): EventBridgeClient {
    const send = async ({ input: { Entries = [] } }: PutEventsCommand) => {
      await chance.turn(invocation, `PutEvents, ${Entries.length}`);
      return carried(chance, faults(), async () => ({
        Entries: Entries.map(({ DetailType = '', Detail = '' }) => {
          if (faults().throttled > 0 && chance.oneIn(10)) return { ErrorCode: 'ThrottlingException' };
          this.received.push({ type: DetailType, detail: Detail });
          return { EventId: 'simulated' };
        }),
      }));
    };
    return { send } as unknown as EventBridgeClient;
  }
}

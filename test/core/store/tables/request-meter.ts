import type { ConsumedCapacity } from '@aws-sdk/client-dynamodb';
import type { Table } from '../../../../core/store/table.ts';

/** The cost of one request of the store. */
export interface MeteredRequest {
  readonly command: string;
  /** Write units on the table. Those of a refused request are computed from the existing item. */
  readonly table: number;
  /** Write units on all indexes. */
  readonly indexes: number;
}

interface Refused {
  readonly Item?: unknown;
}

/** Records every request of a table's client from now on, including retries. */
export class RequestMeter {
  #requests: MeteredRequest[] = [];

  constructor(table: Table) {
    table.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          Object.assign(args.input, { ReturnConsumedCapacity: 'INDEXES' });
          try {
            const result = await next(args);
            this.#note(commandName, (result.output as { ConsumedCapacity?: unknown }).ConsumedCapacity);
            return result;
          } catch (error) {
            const blocks = Math.ceil(JSON.stringify((error as Refused).Item ?? '').length / 1_024);
            this.#requests.push({ command: String(commandName), table: blocks, indexes: 0 });
            throw error;
          }
        },
      { step: 'serialize', priority: 'high', name: 'requestMeter', override: true },
    );
  }

  #note(command: unknown, consumed: unknown): void {
    const parts = [consumed].flat().filter((part) => part !== undefined) as ConsumedCapacity[];
    const table = sum(parts.map((part) => part.Table?.CapacityUnits));
    const indexes = sum(parts.flatMap(({ GlobalSecondaryIndexes: all }) => unitsOf(all)));
    this.#requests.push({ command: String(command), table, indexes });
  }

  /** The requests since the last call. */
  taken(): MeteredRequest[] {
    const taken = this.#requests;
    this.#requests = [];
    return taken;
  }
}

function unitsOf(indexes: ConsumedCapacity['GlobalSecondaryIndexes'] = {}) {
  return Object.values(indexes).map(({ CapacityUnits }) => CapacityUnits);
}

function sum(units: readonly (number | undefined)[]): number {
  return units.reduce<number>((total, one) => total + (one ?? 0), 0);
}

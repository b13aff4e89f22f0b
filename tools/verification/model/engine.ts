/**
 * The table of the model. Its state is a list of numbers, one for each key. The effect of a command on the items that it
 * names is computed once by the table in memory, and remembered.
 */
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { itemName } from '../../../core/store/table-layout.ts';
import type { Attributes } from '../memory-table/expressions.ts';
import { MemoryTable } from '../memory-table/memory-table.ts';
import { Interner, textOf } from './interner.ts';

/** The result for the sender of a command: an answer, or an error. */
export interface Answer {
  readonly value?: unknown;
  readonly error?: Error;
}

export interface SentCommand {
  readonly command: unknown;
  /** The keys that it reads or writes, by number. */
  readonly keys: readonly number[];
  readonly label: string;
}

/** The effect of a command on its items. */
export interface Effect {
  readonly answer: number;
  /** Key and item of each write; item 0 for a deletion. */
  readonly writes: readonly (readonly [key: number, item: number])[];
  readonly refused: boolean;
}

interface Write {
  readonly Key?: Attributes | undefined;
  readonly Item?: Attributes | undefined;
}

const COMMANDS = [GetCommand, PutCommand, UpdateCommand, DeleteCommand];

export class Engine {
  readonly items = new Interner<Attributes>();
  readonly answers = new Interner<Answer>();
  readonly commands = new Interner<SentCommand>();
  readonly #keys: string[];
  readonly #effects = new Map<string, Effect>();

  /** `keys`: partition and sort keys in the order of their numbers; other keys follow when they first occur. */
  constructor(keys: readonly string[]) {
    this.#keys = [...keys];
  }

  keyAt(number: number): string {
    return this.#keys[number] ?? '';
  }

  commandOf(command: unknown): number {
    const name = (command as object).constructor.name;
    const { input } = command as { input: unknown };
    return this.commands.idOf(`${name} ${textOf(input)}`, () => {
      const keys = keysIn(command).map((key) => this.#numberOf(nameOf(key)));
      return {
        command,
        keys,
        label: `${name.replace('Command', '')} ${keysIn(command).map(short).join(' ')}`,
      };
    });
  }

  #numberOf(key: string): number {
    const number = this.#keys.indexOf(key);
    return number < 0 ? this.#keys.push(key) - 1 : number;
  }

  async effectOf(id: number, table: readonly number[]): Promise<Effect> {
    const { keys } = this.commands.at(id);
    const text = `${id}:${keys.map((key) => table[key] ?? 0).join(',')}`;
    const known = this.#effects.get(text);
    if (known) return known;
    const effect = await this.#try(this.commands.at(id), table);
    this.#effects.set(text, effect);
    return effect;
  }

  async #try({ command, keys }: SentCommand, table: readonly number[]): Promise<Effect> {
    const held = keys.flatMap((key): [string, Attributes][] => {
      const item = table[key] ? this.items.at(table[key]) : null;
      return item ? [[nameOf(item), item]] : [];
    });
    const memory = new MemoryTable(new Map(held));
    const writes: [number, number][] = [];
    memory.onChange = ({ before, after }) => {
      const key = this.#numberOf(nameOf(after ?? before ?? {}));
      writes.push([key, after ? this.items.idOf(textOf(after), () => after) : 0]);
    };
    try {
      const value: unknown = await memory.client.send(command as GetCommand);
      return { answer: this.answers.idOf(textOf({ value }), () => ({ value })), writes, refused: false };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const item = error instanceof ConditionalCheckFailedException ? error.Item : undefined;
      const { name } = error;
      const { CancellationReasons } = error as { CancellationReasons?: unknown };
      const text = textOf({ name, item, CancellationReasons });
      return { answer: this.answers.idOf(text, () => ({ error })), writes, refused: true };
    }
  }
}

type Part = NonNullable<TransactWriteCommand['input']['TransactItems']>[number];

/** The request of a command for each item. */
function partsOf(command: unknown): Part[] {
  if (command instanceof TransactWriteCommand) return command.input.TransactItems ?? [];
  // A rebuild looks for notes and messages. No world has one that leaves a mark on a transaction.
  if (command instanceof QueryCommand) return [];
  if (!COMMANDS.some((kind) => command instanceof kind))
    throw new Error(`the model does not support this command: ${command}`);
  return [{ Update: (command as { input: Part['Update'] }).input }];
}

const askOf = ({ Put, Update, Delete, ConditionCheck }: Part) =>
  (Put ?? Update ?? Delete ?? ConditionCheck ?? {}) as Write;

const keysIn = (command: unknown) => partsOf(command).map((part) => keyOf(askOf(part)));

const keyOf = ({ Key, Item }: Write): Attributes => Key ?? Item ?? {};

const nameOf = ({ pk, sk }: Attributes) => `${String(pk)} ${String(sk)}`;

/** `ORDER#1` for the key of `0bde0000-…-000000000001`. */
const short = (key: Attributes) => itemName(key).replace(/#(\w{2}).*?0*(\d+)$/, '#$1$2');

import type { Instant } from '../domain/instant.ts';
import { countUnreadableFields } from '../store/junction-notices/unreadable-fields.ts';
import type { Table } from '../store/table.ts';

/** The fields of Junction's data that one run of a function could not read. */
export class UnreadableFields {
  readonly #counts = new Map<string, number>();

  add(fields: readonly string[]): void {
    for (const field of fields) this.#counts.set(field, (this.#counts.get(field) ?? 0) + 1);
  }

  /** Their names, for the log; undefined if there are none. */
  get names(): readonly string[] | undefined {
    return this.#counts.size > 0 ? [...this.#counts.keys()] : undefined;
  }

  /** Adds them to the stored counts. A failure is reported and does not fail the run, whose facts are stored already. */
  async store(table: Table, at: Instant, onFailure: (error: unknown) => void): Promise<void> {
    if (this.#counts.size === 0) return;
    try {
      await countUnreadableFields(table, this.#counts, at);
    } catch (error) {
      onFailure(error);
    }
  }
}

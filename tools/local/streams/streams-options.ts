import type { DataDirectory } from '../files/data-directory.ts';
import type { FunctionDefinition } from '../runtime/function-definition.ts';
import type { LocalFunction } from '../runtime/functions.ts';
import type { EventSourceMapping } from './event-source-mapping.ts';

export interface StreamsOptions {
  endpoint: string;
  mappings: EventSourceMapping[];
  functions: ReadonlyMap<string, LocalFunction>;
  data: DataDirectory;
  /** How many times faster than on AWS a failing record ages. */
  retryTimeScale: number;
  /** Called before an invocation with the age of the last record in milliseconds. */
  onInvoke(definition: FunctionDefinition, age: number): void;
  /** Called after an invocation, with the number of records that the function has not processed. */
  onResult(mapping: EventSourceMapping, failed: number): void;
  /** Called when discarded records could not be kept in the failure bucket either. */
  onDropped(mapping: EventSourceMapping, records: number): void;
  /** Shows a person errors and discarded records. */
  report(line: string): void;
}

import type { Database } from './database/database.ts';
import type { DataDirectory } from './files/data-directory.ts';
import type { Gateway } from './gateway/gateway.ts';
import type { LocalJunction } from './junction.ts';
import type { MetricStore } from './metrics/metric-store.ts';
import type { FunctionLogs } from './runtime/function-logs.ts';
import type { Template } from './template/template.ts';

/** Functions that stop the started parts, in the order of starting. */
export type Closing = (() => unknown)[];

/** The parts that start before the template's services and functions. */
export interface StackParts {
  data: DataDirectory;
  metrics: MetricStore;
  logs: FunctionLogs;
  gateway: Gateway;
  template: Template;
  database: Database;
  sandbox: LocalJunction;
}

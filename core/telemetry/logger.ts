import { invocationIds } from './invocation.ts';

/** The least severe first. */
const LEVELS: readonly string[] = ['DEBUG', 'INFO', 'WARN', 'ERROR'];

/** Ids and outcomes only. The content of a payload is never logged. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * Writes a line of JSON that CloudWatch can parse. Lambda would prefix the lines of `console`, so it is not used. `version` is
 * that of the deployment. `request_id` is the same in all lines of one invocation, and `correlation_id` in all lines about what
 * one webhook, API request or scheduled run caused, in all functions.
 */
function write(level: string, message: string, fields: Fields): void {
  const { LOG_LEVEL = 'INFO', SERVICE_NAME: service, SERVICE_VERSION: version } = process.env;
  if (LEVELS.indexOf(level) < LEVELS.indexOf(LOG_LEVEL)) return;
  const timestamp = new Date().toISOString();
  process.stdout.write(
    `${JSON.stringify({ level, message, timestamp, service, version, ...invocationIds(), ...fields })}\n`,
  );
}

const at =
  (level: string) =>
  (message: string, fields: Fields = {}): void =>
    write(level, message, fields);

/** The log fields of an error: its name and message. */
export function errorFields(error: unknown): Fields {
  return { ...errorName(error), error_message: error instanceof Error ? error.message : undefined };
}

/** Its name alone, where the message could quote what must not be logged. */
export function errorName(error: unknown): Fields {
  return { error_name: error instanceof Error ? error.name : 'unknown' };
}

/** The log of the function: lines at `LOG_LEVEL` and above. */
export const logger = { debug: at('DEBUG'), info: at('INFO'), warn: at('WARN'), error: at('ERROR') };

const LEVELS: readonly string[] = ['DEBUG', 'INFO', 'WARN', 'ERROR'];

/** Ids and outcomes only: what a payload says is never logged. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * Writes a line of JSON as CloudWatch reads it. Not through `console`, which Lambda has put its own marks before.
 * `version` tells which deployment wrote the line. `xray_trace_id` is the same in all lines of one invocation, also where nothing is traced.
 */
function write(level: string, message: string, fields: Fields): void {
  const { LOG_LEVEL = 'INFO', SERVICE_NAME: service, SERVICE_VERSION: version } = process.env;
  if (LEVELS.indexOf(level) < LEVELS.indexOf(LOG_LEVEL)) return;
  const timestamp = new Date().toISOString();
  const xray_trace_id = /Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? '')?.[1];
  process.stdout.write(
    `${JSON.stringify({ level, message, timestamp, service, version, xray_trace_id, ...fields })}\n`,
  );
}

const at =
  (level: string) =>
  (message: string, fields: Fields = {}): void =>
    write(level, message, fields);

/** The log of the function, from `LOG_LEVEL` upwards. */
export const logger = { debug: at('DEBUG'), info: at('INFO'), warn: at('WARN'), error: at('ERROR') };

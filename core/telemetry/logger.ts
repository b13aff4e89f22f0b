const LEVELS: readonly string[] = ['DEBUG', 'INFO', 'WARN', 'ERROR'];

/** Ids and outcomes only. The content of a payload is never logged. */
type Fields = Readonly<Record<string, unknown>>;

/**
 * Writes a line of JSON that CloudWatch can parse. Lambda would prefix the lines of `console`, so it is not used. `version` is
 * that of the deployment. `xray_trace_id` is the same in all lines of one invocation, even without tracing.
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

/** The log of the function: lines at `LOG_LEVEL` and above. */
export const logger = { debug: at('DEBUG'), info: at('INFO'), warn: at('WARN'), error: at('ERROR') };

import { type CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { type AuditEntry, type AuditTrail, auditEntry } from './audit-entry.ts';

/** CloudWatch Logs took the request, but not the entry. */
class AuditEntryRejected extends Error {
  override readonly name = 'AuditEntryRejected';
}

export interface LogStream {
  readonly logGroupName: string;
  readonly logStreamName: string;
}

/** An audit trail in a log group of CloudWatch Logs: a line of JSON per entry. */
export class CloudWatchTrail implements AuditTrail {
  readonly #client: CloudWatchLogsClient;
  readonly #stream: LogStream;
  readonly #clock: () => Date;

  constructor(client: CloudWatchLogsClient, stream: LogStream, clock: () => Date) {
    this.#client = client;
    this.#stream = stream;
    this.#clock = clock;
  }

  /**
   * Several requests can write to one stream at once: sequence tokens and the limit per stream are gone.
   * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
   */
  async write(entries: readonly AuditEntry[]): Promise<void> {
    const time = this.#clock();
    const logEvents = entries.map((entry) => ({
      timestamp: time.getTime(),
      message: JSON.stringify({ time: time.toISOString(), ...auditEntry.parse(entry) }),
    }));
    const { rejectedLogEventsInfo } = await this.#client.send(
      new PutLogEventsCommand({ ...this.#stream, logEvents }),
    );
    // A 200 does not say that the entry was stored: one with a wrong time, for example, is dropped.
    if (rejectedLogEventsInfo) throw new AuditEntryRejected(JSON.stringify(rejectedLogEventsInfo));
  }
}

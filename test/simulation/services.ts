/** What the functions reach over the network: the table, the bus, secrets and Junction, by their addresses. */
import { answerAsDynamoDB } from '../engines/dynamodb-protocol.ts';
import type { MemoryTable } from '../memory/memory-table.ts';
import type { JunctionRoutes } from './junction-routes.ts';
import type { MemoryBus } from './network.ts';
import type { Arrived, WireAnswer, WireRequest } from './wire.ts';

export interface Services {
  readonly memory: MemoryTable;
  readonly tableName: string;
  readonly bus: MemoryBus;
  /** Whether the bus holds something back now. */
  readonly holdsBack: () => boolean;
  /** Values by ARN and stage. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly junction: JunctionRoutes;
}

const error = (name: string, status = 400, more: object = {}): WireAnswer => ({
  status,
  body: JSON.stringify({ __type: name, message: 'simulated', ...more }),
});

const REFUSALS = [error('ThrottlingException'), error('InternalServerError', 500)];
const READS_REFUSED = [...REFUSALS, error('ProvisionedThroughputExceededException')];
const WRITES_REFUSED = [...READS_REFUSED, error('TransactionConflictException')];
const CONFLICT = { CancellationReasons: [{ Code: 'TransactionConflict', Message: 'simulated' }] };
const TRANSACTIONS_REFUSED = [...READS_REFUSED, error('TransactionCanceledException', 400, CONFLICT)];

/** What becomes of a request that gets to where it is sent. @param now what the sender's clock shows */
export function arrived(services: Services, request: WireRequest, now: number): Arrived {
  const [service] = request.host.split('.');
  const operation = (request.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
  switch (service) {
    case 'dynamodb':
      return {
        what: `${operation} ${keysIn(request.body)}`,
        work: () => answerAsDynamoDB(services.memory, services.tableName, operation, request.body),
        refusals: refusalsOf(operation),
      };
    case 'events':
      return { what: operation, work: () => putEvents(services, request.body), refusals: REFUSALS };
    case 'secretsmanager':
      return { what: operation, work: () => secret(services.secrets, request.body), refusals: REFUSALS };
    default:
      return services.junction.arrived(request, now);
  }
}

function refusalsOf(operation: string): readonly WireAnswer[] {
  if (operation === 'TransactWriteItems') return TRANSACTIONS_REFUSED;
  return /^(Put|Update|Delete)/.test(operation) ? WRITES_REFUSED : READS_REFUSED;
}

function keysIn(body: string): string {
  const keys = body.match(/"pk":\{"S":"[^"]*/g) ?? [];
  return keys.map((key) => key.slice(11).replace(/-0000.*0000-0*/, '-')).join(' ');
}

function putEvents({ bus, holdsBack }: Services, body: string): WireAnswer {
  const { Entries } = JSON.parse(body) as { Entries: { DetailType: string; Detail: string }[] };
  const results = Entries.map(({ DetailType, Detail }) => {
    if (holdsBack()) return { ErrorCode: 'ThrottlingException' };
    bus.received.push({ type: DetailType, detail: Detail });
    return { EventId: 'simulated' };
  });
  const FailedEntryCount = results.filter((one) => 'ErrorCode' in one).length;
  return { status: 200, body: JSON.stringify({ FailedEntryCount, Entries: results }) };
}

function secret(secrets: ReadonlyMap<string, string>, body: string): WireAnswer {
  const { SecretId, VersionStage = 'AWSCURRENT' } = JSON.parse(body) as Record<string, string>;
  const SecretString = secrets.get(`${SecretId} ${VersionStage}`);
  if (SecretString === undefined) return error('ResourceNotFoundException');
  return { status: 200, body: JSON.stringify({ ARN: SecretId, Name: SecretId, SecretString }) };
}

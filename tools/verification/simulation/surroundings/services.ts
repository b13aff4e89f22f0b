/** The services that the functions reach over the network: the table, the bus, secrets and Junction. */
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { ResourceNotFoundException } from '@aws-sdk/client-secrets-manager';
import { answerAsDynamoDB, type MemoryTables, tableNameIn } from '../../engines/dynamodb-protocol.ts';
import type { JunctionRoutes } from './junction-routes.ts';
import type { Arrived, CommandRequest, Outcome, WireAnswer, WireRequest } from './wire.ts';

export interface Services {
  readonly tables: MemoryTables;
  readonly bus: Bus;
  /** The lines of the audit trail. */
  readonly trail: string[];
  /** Whether the bus rejects some entries now. */
  readonly holdsBack: () => boolean;
  /** Values by ARN and stage. */
  readonly secrets: ReadonlyMap<string, string>;
  readonly junction: JunctionRoutes;
}

/** The bus, which keeps its events. */
export class Bus {
  readonly received: { readonly type: string; readonly detail: string }[] = [];
}

const REFUSALS = ['ThrottlingException', 'InternalServerError'];
const READS_REFUSED = [...REFUSALS, 'ProvisionedThroughputExceededException'];
const WRITES_REFUSED = [...READS_REFUSED, 'TransactionConflictException'];
const TRANSACTIONS_REFUSED = [...READS_REFUSED, 'TransactionCanceledException'];
const CONFLICT = { CancellationReasons: [{ Code: 'TransactionConflict', Message: 'simulated' }] };

/** The errors with which an operation can be refused. */
function refusalsOf(service: string, operation: string): readonly string[] {
  if (service !== 'dynamodb') return REFUSALS;
  if (operation.startsWith('TransactWrite')) return TRANSACTIONS_REFUSED;
  return /^(Put|Update|Delete)/.test(operation) ? WRITES_REFUSED : READS_REFUSED;
}

/** The result of a request that reaches its service. @param now the time on the sender's clock */
export function requestArrived(services: Services, request: WireRequest, now: number): Arrived<WireAnswer> {
  const [service = ''] = request.host.split('.');
  const operation = (request.headers['x-amz-target'] ?? '').replace(/^.*\./, '');
  if (!(service in WIRE)) return services.junction.arrived(request, now);
  return {
    what: () => `${operation} ${keysIn(request.body.matchAll(/"pk":\{"S":"([^"]*)/g))}`,
    work: () => WIRE[service as keyof typeof WIRE](services, request.body, operation),
    refusals: refusalsOf(service, operation).map((name) => () => errorAnswer(name)),
  };
}

const WIRE = {
  dynamodb: ({ tables }: Services, body: string, operation: string) =>
    answerAsDynamoDB(tables, operation, body),
  events: (services: Services, body: string) => answer(putEvents(services, JSON.parse(body))),
  logs: (services: Services, body: string) => answer(putLogEvents(services, JSON.parse(body))),
  secretsmanager: (services: Services, body: string) => answer(secretValue(services, JSON.parse(body))),
  /** A mail that is sent changes nothing here. */
  sns: (): WireAnswer => ({
    status: 200,
    body: '<PublishResponse><PublishResult><MessageId>1</MessageId></PublishResult></PublishResponse>',
  }),
};

const answer = (output: object | null): WireAnswer =>
  output ? { status: 200, body: JSON.stringify(output) } : errorAnswer('ResourceNotFoundException');

const errorAnswer = (name: string): WireAnswer => ({
  status: name === 'InternalServerError' ? 500 : 400,
  body: JSON.stringify({ __type: name, message: 'simulated', ...detailsOf(name) }),
});

const detailsOf = (name: string) => (name === 'TransactionCanceledException' ? CONFLICT : {});

/** The result of a command that reaches its service without a wire. */
export function commandArrived(services: Services, { service, command }: CommandRequest): Arrived<Outcome> {
  const operation = command.constructor.name.replace(/Command$/, '');
  return {
    what: () => `${operation} ${keysIn(JSON.stringify(command.input).matchAll(/"pk":"([^"]*)/g))}`,
    work: () => COMMANDS[service](services, command as never),
    refusals: refusalsOf(service, operation).map((name) => () => ({ error: errorNamed(name) })),
  };
}

const COMMANDS = {
  dynamodb: async ({ tables }: Services, command: never): Promise<Outcome> => {
    const { input }: { input: Record<string, unknown> } = command;
    const table = tables.get(tableNameIn(input));
    if (!table) return { error: errorNamed('ResourceNotFoundException') };
    return table.client.send(command).then(
      (output) => ({ output }),
      (error: Error) => ({ error }),
    );
  },
  events: (services: Services, { input }: { input: Entries }): Outcome => ({
    output: putEvents(services, input),
  }),
  sns: (): Outcome => ({ output: { MessageId: '1' } }),
  logs: (services: Services, { input }: { input: LogEvents }): Outcome => ({
    output: putLogEvents(services, input),
  }),
  secretsmanager: (services: Services, { input }: { input: SecretRequest }): Outcome => {
    const output = secretValue(services, input);
    return output ? { output } : { error: errorNamed('ResourceNotFoundException') };
  },
};

/** The error that the SDK throws for such an answer. */
export function errorNamed(name: string): Error {
  const given = { message: 'simulated', $metadata: {}, ...detailsOf(name) };
  if (name === 'TransactionCanceledException') return new TransactionCanceledException(given);
  if (name === 'ResourceNotFoundException') return new ResourceNotFoundException(given);
  return Object.assign(new Error('simulated'), { name });
}

function keysIn(found: Iterable<RegExpExecArray>): string {
  return [...found].map(([, key = '']) => key.replace(/-0000.*0000-0*/, '-')).join(' ');
}

interface Entries {
  readonly Entries: readonly { readonly DetailType: string; readonly Detail: string }[];
}

function putEvents({ bus, holdsBack }: Services, { Entries: entries }: Entries): object {
  const results = entries.map(({ DetailType, Detail }) => {
    if (holdsBack()) return { ErrorCode: 'ThrottlingException' };
    bus.received.push({ type: DetailType, detail: Detail });
    return { EventId: 'simulated' };
  });
  return { FailedEntryCount: results.filter((one) => 'ErrorCode' in one).length, Entries: results };
}

interface LogEvents {
  readonly logEvents: readonly { readonly message: string }[];
}

function putLogEvents({ trail }: Services, { logEvents }: LogEvents): object {
  trail.push(...logEvents.map(({ message }) => message));
  return {};
}

interface SecretRequest {
  readonly SecretId: string;
  readonly VersionStage?: string;
}

function secretValue({ secrets }: Services, { SecretId, VersionStage = 'AWSCURRENT' }: SecretRequest) {
  const SecretString = secrets.get(`${SecretId} ${VersionStage}`);
  return SecretString === undefined ? null : { ARN: SecretId, Name: SecretId, SecretString };
}

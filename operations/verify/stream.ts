import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { type EventSourceMappingConfiguration, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { type Check, failed, passed } from './check.ts';

/** recompute and publish. */
const READERS = 2;

/** Checks that both functions read the table's current stream, and how their last batches ended. */
export const streamCheck: Check = {
  name: 'stream',
  permissions: ['dynamodb:DescribeTable', 'lambda:ListEventSourceMappings'],
  async look({ clients, outputs }) {
    const { Table } = await clients.dynamoDb.send(new DescribeTableCommand({ TableName: outputs.TableName }));
    const EventSourceArn = Table?.StreamSpecification?.StreamEnabled ? Table.LatestStreamArn : undefined;
    if (EventSourceArn === undefined) {
      return failed(`The table ${outputs.TableName} has no stream.`, RESTORED);
    }
    const { EventSourceMappings: readers = [] } = await clients.lambda.send(
      new ListEventSourceMappingsCommand({ EventSourceArn }),
    );
    if (readers.length < READERS) {
      const detail = `${readers.length} of ${READERS} functions read the stream of ${outputs.TableName}.`;
      return failed(detail, RESTORED);
    }
    const faulty = readers.find((reader) => isStopped(reader) || hasProblem(reader));
    if (faulty) {
      const { FunctionArn, State, LastProcessingResult } = faulty;
      const remedy = isStopped(faulty)
        ? ENABLE
        : 'Check the log of the function (docs/operations/runbook.md, "Projection errors").';
      return failed(`${FunctionArn} is ${State}: ${LastProcessingResult}`, remedy);
    }
    const idle = readers.filter(
      ({ LastProcessingResult }) => LastProcessingResult === 'No records processed',
    );
    return passed(
      idle.length === 0
        ? 'Both functions read the stream, and their last batches succeeded.'
        : 'Both functions read the stream, but no record has passed through it yet. Verify again after the first webhook.',
    );
  },
};

function isStopped({ State = '' }: EventSourceMappingConfiguration): boolean {
  return !['Enabled', 'Enabling', 'Updating', 'Creating'].includes(State);
}

function hasProblem({ LastProcessingResult = '' }: EventSourceMappingConfiguration): boolean {
  return LastProcessingResult.startsWith('PROBLEM');
}

const RESTORED =
  'Deploy again. If the table was restored from a backup, follow docs/operations/restore.md: a restored table has no stream.';
const ENABLE = 'Enable it: aws lambda update-event-source-mapping --uuid <UUID> --enabled.';

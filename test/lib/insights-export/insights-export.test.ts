/** The export of what the insights count, in the template. */
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../docs/events/catalogue.ts';
import { closedTransactions, savedQueries } from '../../../lib/insights-export/athena-queries.ts';
import { recordColumns } from '../../../lib/insights-export/record-columns.ts';
import { type SynthesizedResource, synthesize } from '../synthesized-stack.ts';

const stack = synthesize({ insightsExport: 'on' });
const row = catalogue['Insight Changed'].example.insight;

const stream = stack.only('AWS::KinesisFirehose::DeliveryStream').Properties;
const destination = stream.ExtendedS3DestinationConfiguration;
const tables = Object.values(stack.ofType('AWS::Glue::Table')).map(({ Properties }) => Properties.TableInput);
const [records, view] = tables;

const bucketOf = (reference: unknown) => {
  const id =
    /"(InsightsExport\w+Bucket\w+|InsightsExportBucket\w+)"/.exec(JSON.stringify(reference))?.[1] ?? '';
  return (stack.resources[id] as SynthesizedResource).Properties;
};

describe('the export of the insights', () => {
  it('has only its buckets while it is off, which keep the files when it is switched off', () => {
    const off = synthesize();
    const parts = Object.entries(off.resources).filter(([id]) => /InsightsExport/.test(id));
    expect([...new Set(parts.map(([, { Type }]) => Type))].sort()).toEqual([
      'AWS::S3::Bucket',
      'AWS::S3::BucketPolicy',
    ]);
    expect(JSON.stringify(off.resources)).not.toMatch(/firehose|AWS::Glue|AWS::Athena/);
  });

  it('sends the row of an event, and nothing else of it, by a role that can do only that', () => {
    const [rule] = Object.values(stack.ofType('AWS::Events::Rule')).filter(({ Properties }) =>
      JSON.stringify(Properties.Targets).includes('InsightsExport'),
    );
    const [target] = rule?.Properties.Targets ?? [];
    expect(rule?.Properties.EventPattern).toEqual({
      source: ['redraw-tracker'],
      'detail-type': ['Insight Changed'],
    });
    expect(target.InputPath).toBe('$.detail.insight');
    expect(target.DeadLetterConfig).toBeDefined();
    expect(stack.statementsOfRole(target.RoleArn['Fn::GetAtt'][0])).toMatchObject([
      { Action: ['firehose:PutRecord', 'firehose:PutRecordBatch'], Resource: target.Arn },
    ]);
  });

  it('has a column for each field of that row, and no id of a patient among them', () => {
    const typeOf = (value: unknown) => {
      if (Array.isArray(value)) return 'array<string>';
      return { string: 'string', number: 'int', boolean: 'boolean' }[typeof value as string] ?? null;
    };
    const columns: { Name: string; Type: string }[] = records.StorageDescriptor.Columns;
    expect(columns.map(({ Name }) => Name)).toEqual(Object.keys(row));
    for (const { Name, Type } of columns) {
      const value = row[Name as keyof typeof row];
      if (value !== null) expect([Name, Type]).toEqual([Name, typeOf(value)]);
    }
    expect(columns.filter(({ Name }) => /user|patient|note|by$/.test(Name))).toEqual([]);
  });

  it('writes Parquet by that table, a folder a day, which Athena finds by projection for as long as files are kept', () => {
    const { SchemaConfiguration, OutputFormatConfiguration } = destination.DataFormatConversionConfiguration;
    const catalog = stack.ofType('AWS::Glue::Table')[SchemaConfiguration.TableName.Ref];
    expect(catalog?.Properties.TableInput).toBe(records);
    expect(SchemaConfiguration.DatabaseName).toBe(catalog?.Properties.DatabaseName);
    expect(OutputFormatConfiguration.Serializer).toHaveProperty('ParquetSerDe');
    // Less is refused for Parquet.
    expect(destination.BufferingHints.SizeInMBs).toBeGreaterThanOrEqual(64);
    expect(destination.Prefix).toBe('records/delivered_on=!{timestamp:yyyy-MM-dd}/');
    expect(records.PartitionKeys).toEqual([{ Name: 'delivered_on', Type: 'string' }]);
    expect(records.Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.delivered_on.type': 'date',
      'projection.delivered_on.format': 'yyyy-MM-dd',
      'projection.delivered_on.range': 'NOW-1096DAYS,NOW',
    });
    expect(JSON.stringify(records.Parameters['storage.location.template'])).toContain(
      `/records/delivered_on=\${delivered_on}/`,
    );
  });

  it('is encrypted with our key at each step, and expires', () => {
    const key = { 'Fn::GetAtt': [expect.stringMatching(/^KeysOperations/), 'Arn'] };
    expect(stream.DeliveryStreamEncryptionConfigurationInput).toEqual({
      KeyARN: key,
      KeyType: 'CUSTOMER_MANAGED_CMK',
    });
    expect(destination.EncryptionConfiguration).toEqual({ KMSEncryptionConfig: { AWSKMSKeyARN: key } });
    const { ResultConfiguration, ...workgroup } =
      stack.only('AWS::Athena::WorkGroup').Properties.WorkGroupConfiguration;
    expect(ResultConfiguration.EncryptionConfiguration).toEqual({ EncryptionOption: 'SSE_KMS', KmsKey: key });
    expect(workgroup).toMatchObject({
      EnforceWorkGroupConfiguration: true,
      BytesScannedCutoffPerQuery: 10_000_000_000,
    });
    const bucket = bucketOf(destination.BucketARN);
    expect(bucket.LoggingConfiguration.DestinationBucketName).toBeDefined();
    const days = bucket.LifecycleConfiguration.Rules.map(
      ({ Prefix, ExpirationInDays }: { Prefix: string; ExpirationInDays: number }) => [
        Prefix,
        ExpirationInDays,
      ],
    );
    expect(days).toEqual([
      ['records/', 1096],
      ['failed/', 90],
      ['athena-results/', 30],
    ]);
    expect(destination.ErrorOutputPrefix).toMatch(/^failed\//);
  });

  it('has a policy for those who ask, which nobody has yet and which lets nobody change a file', () => {
    const { Ref: id } = stack.template.toJSON().Outputs.InsightsReaderPolicyArn.Value;
    const { PolicyDocument, ...attached } = (stack.resources[id] as SynthesizedResource).Properties;
    for (const to of ['Roles', 'Users', 'Groups']) expect(attached).not.toHaveProperty(to);
    const writing = PolicyDocument.Statement.filter(({ Action }: { Action: string[] }) =>
      [Action].flat().some((action) => /Put|Delete|Create|Update/.test(action)),
    );
    expect(writing).toHaveLength(1);
    expect(JSON.stringify(writing[0].Resource)).toMatch(/athena-results\/\*/);
    expect(JSON.stringify(writing[0].Resource)).not.toMatch(/records|failed/);
    expect(JSON.stringify(PolicyDocument)).not.toContain('"Resource":"*"');
  });

  it('alerts operators when files are late or a record does not fit', () => {
    const alarms = Object.values(stack.ofType('AWS::CloudWatch::Alarm')).filter(
      ({ Properties }) => Properties.Namespace === 'AWS/Firehose',
    );
    const [id] = Object.keys(stack.ofType('AWS::KinesisFirehose::DeliveryStream'));
    expect(alarms.map(({ Properties }) => [Properties.MetricName, Properties.Threshold]).sort()).toEqual([
      ['DeliveryToS3.DataFreshness', 3_600],
      ['FailedConversion.Records', 1],
    ]);
    for (const { Properties } of alarms) {
      expect(Properties.Dimensions).toEqual([{ Name: 'DeliveryStreamName', Value: { Ref: id } }]);
      expect(Properties.AlarmActions).toHaveLength(1);
    }
  });
});

describe('the view of the export', () => {
  it('is stored as Athena stores one, with the columns of the table', () => {
    const encoded = /^\/\* Presto View: (\S+) \*\/$/.exec(view.ViewOriginalText)?.[1] ?? '';
    const definition = JSON.parse(Buffer.from(encoded, 'base64').toString());
    expect(definition).toMatchObject({
      originalSql: closedTransactions(),
      catalog: 'awsdatacatalog',
      schema: 'redraw_tracker_prod',
    });
    const names = recordColumns().map(({ name }) => name);
    expect(definition.columns.map(({ name }: { name: string }) => name)).toEqual(names);
    expect(view).toMatchObject({ TableType: 'VIRTUAL_VIEW', Parameters: { presto_view: 'true' } });
    expect(view.StorageDescriptor.Columns).toEqual(records.StorageDescriptor.Columns);
  });

  /** SQLite has window functions and FILTER as Athena has them, but neither lists nor quantiles. */
  it('takes each closed transaction once, by its newest record, whatever is delivered twice or late', () => {
    const database = new DatabaseSync(':memory:');
    const columns = recordColumns().map(({ name }) => name);
    database.exec(`CREATE TABLE insight_records (${columns.join(', ')})`);
    const insert = database.prepare(
      `INSERT INTO insight_records VALUES (${columns.map(() => '?').join(', ')})`,
    );
    const deliver = (more: Partial<typeof row>) => {
      const values = Object.values({ ...row, ...more }).map((value) =>
        typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
      );
      insert.run(...values.map((value) => (typeof value === 'boolean' ? Number(value) : value)));
    };
    const plain = { had_redraw: false, redraw_overdue: false, redraw_hours_until_results: null };
    for (const record of [
      { revision: 9, outcome: 'results_incomplete' as const },
      { revision: 12 },
      { revision: 12 },
      { revision: 9, outcome: 'results_incomplete' as const },
      { transaction_id: 'b', ...plain },
      { transaction_id: 'cancelled', ...plain, outcome: 'cancelled' as const },
      { transaction_id: 'reopened', revision: 3 },
      { transaction_id: 'reopened', revision: 4, outcome: 'open' as const },
      { transaction_id: 'moved', revision: 4, outcome: 'moved' as const },
      { transaction_id: 'moved', revision: 3 },
    ]) {
      deliver(record);
    }
    database.exec(`CREATE VIEW closed_transactions AS ${closedTransactions()}`);
    const closed = database.prepare('SELECT transaction_id, outcome FROM closed_transactions ORDER BY 1');
    expect(closed.all().map((one) => Object.values(one))).toEqual([
      [row.transaction_id, 'results_complete'],
      ['b', 'results_complete'],
      ['cancelled', 'cancelled'],
    ]);
    const rates =
      savedQueries[0]?.sql.replaceAll('approx_percentile(', 'max(').replaceAll(', 0.5)', ')') ?? '';
    expect(database.prepare(rates.replaceAll(', 0.9)', ')')).all()).toMatchObject([
      { month: row.month, closed: 3, cancelled: 1, redraws: 1, redraw_rate: 0.5, redraw_days_median: 13.9 },
    ]);
  });
});

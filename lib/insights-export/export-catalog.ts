import { Stack } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type Configuration, serviceName } from '../configuration/configuration.ts';
import { EXPORT_DAYS } from '../storage/retention.ts';
import { CLOSED, closedTransactions, DELIVERED_ON, RECORDS } from './athena-queries.ts';
import { FOLDERS } from './export-bucket.ts';
import { recordColumns } from './record-columns.ts';

export interface ExportCatalogProps {
  readonly configuration: Configuration;
  readonly bucket: Bucket;
}

/** What Glue's catalog knows of the export: the table that Firehose writes by and Athena reads by, and the view over it. */
export class ExportCatalog extends Construct {
  readonly databaseName: string;
  readonly table: CfnTable;
  readonly view: CfnTable;

  constructor(scope: Construct, id: string, { configuration, bucket }: ExportCatalogProps) {
    super(scope, id);
    // Athena takes no hyphens without quotes.
    this.databaseName = serviceName(configuration).replaceAll('-', '_');
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Stack.of(this).account,
      databaseInput: {
        name: this.databaseName,
        description: 'redraw-tracker: insight figures of closed transactions',
      },
    });
    this.table = this.recordTable(bucket, EXPORT_DAYS);
    this.view = this.closedView();
    this.table.addResourceDependency(database);
    this.view.addResourceDependency(this.table);
  }

  /** The days are projected, so that no crawler has to find them. https://docs.aws.amazon.com/athena/latest/ug/partition-projection-kinesis-firehose-example.html */
  private recordTable(bucket: Bucket, days: number): CfnTable {
    const location = `s3://${bucket.bucketName}/${FOLDERS.records}/`;
    const projected = `projection.${DELIVERED_ON}`;
    return new CfnTable(this, 'Records', {
      catalogId: Stack.of(this).account,
      databaseName: this.databaseName,
      tableInput: {
        name: RECORDS,
        description: 'Every record as delivered, possibly twice. Query the view instead.',
        tableType: 'EXTERNAL_TABLE',
        parameters: {
          EXTERNAL: 'TRUE',
          classification: 'parquet',
          'projection.enabled': 'true',
          [`${projected}.type`]: 'date',
          [`${projected}.format`]: 'yyyy-MM-dd',
          [`${projected}.range`]: `NOW-${days}DAYS,NOW`,
          [`${projected}.interval`]: '1',
          [`${projected}.interval.unit`]: 'DAYS',
          'storage.location.template': `${location}${DELIVERED_ON}=\${${DELIVERED_ON}}/`,
        },
        partitionKeys: [{ name: DELIVERED_ON, type: 'string' }],
        storageDescriptor: {
          location,
          columns: recordColumns().map(({ name, type }) => ({ name, type })),
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        },
      },
    });
  }

  /**
   * A view as Athena itself stores one: the statement and the types of its columns as JSON in base64. CloudFormation has no
   * resource for it, and AWS does not document the format, which others have used for years:
   * https://github.com/iconara/terraform-aws-athena-view/blob/main/main.tf
   * https://stackoverflow.com/questions/56289272/create-aws-athena-view-programmatically
   */
  private closedView(): CfnTable {
    const columns = recordColumns();
    const definition = {
      originalSql: closedTransactions(),
      catalog: 'awsdatacatalog',
      schema: this.databaseName,
      columns: columns.map(({ name, athenaType: type }) => ({ name, type })),
    };
    const encoded = Buffer.from(JSON.stringify(definition)).toString('base64');
    return new CfnTable(this, 'Closed', {
      catalogId: Stack.of(this).account,
      databaseName: this.databaseName,
      tableInput: {
        name: CLOSED,
        description: 'Each closed transaction once, with its newest record',
        tableType: 'VIRTUAL_VIEW',
        parameters: { presto_view: 'true', comment: 'Presto View' },
        partitionKeys: [],
        viewOriginalText: `/* Presto View: ${encoded} */`,
        viewExpandedText: '/* Presto View */',
        storageDescriptor: {
          columns: columns.map(({ name, type }) => ({ name, type })),
          serdeInfo: {},
        },
      },
    });
  }
}

import { Stack } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { serviceName } from '../configuration/configuration.ts';
import { pascalCase } from '../configuration/pascal-case.ts';
import type { ServiceFunctionContext } from '../functions/service-function.ts';
import { savedQueries } from './athena-queries.ts';
import { FOLDERS } from './export-bucket.ts';
import type { ExportCatalog } from './export-catalog.ts';

export interface AthenaWorkgroupProps {
  readonly context: ServiceFunctionContext;
  readonly bucket: Bucket;
  readonly catalog: ExportCatalog;
}

/** The most that one query may read, so that a mistake costs cents: 10 GB. A year of a million orders is less than 1 GB. */
const MAX_BYTES = 10_000_000_000;

/** The workgroup for queries: results are always encrypted, and the documented queries are saved in it. */
export class AthenaWorkgroup extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, { context, bucket, catalog }: AthenaWorkgroupProps) {
    super(scope, id);
    this.name = serviceName(context.configuration);
    const workgroup = new CfnWorkGroup(this, 'Workgroup', {
      name: this.name,
      description: 'redraw-tracker: queries on the exported insights',
      // The saved queries belong to it. Without this, a workgroup that has been used cannot be deleted.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: MAX_BYTES,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${bucket.bucketName}/${FOLDERS.results}/`,
          expectedBucketOwner: Stack.of(this).account,
          encryptionConfiguration: {
            encryptionOption: 'SSE_KMS',
            kmsKey: context.keys.operations.keyArn,
          },
        },
      },
    });
    for (const { name, description, sql } of savedQueries) {
      const query = new CfnNamedQuery(this, pascalCase(name), {
        name,
        description,
        database: catalog.databaseName,
        queryString: sql,
        workGroup: this.name,
      });
      query.addResourceDependency(workgroup);
    }
  }
}

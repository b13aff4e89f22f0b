import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import {
  BucketDeployment,
  type BucketDeploymentProps,
  CacheControl,
  type ISource,
  Source,
} from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import type { ServiceFunctionContext } from '../functions/service-function.ts';
import { acknowledgeWildcard } from '../functions/wildcard-findings.ts';

type DeploymentProps = Partial<BucketDeploymentProps> & { readonly role: Role };

/** The bucket that the files of the page are served from, and their deployment. */
export class DashboardFiles extends Construct {
  readonly bucket: IBucket;
  private readonly log: LogGroup;
  private readonly context: ServiceFunctionContext;

  constructor(scope: Construct, id: string, context: ServiceFunctionContext) {
    super(scope, id);
    this.context = context;
    this.bucket = this.privateBucket();
    this.log = new LogGroup(this, 'Log', {
      encryptionKey: context.keys.operations,
      retention: context.configuration.logRetentionDays as RetentionDays,
      removalPolicy: context.removalPolicy,
    });
  }

  /**
   * Deploys the built page and its configuration.
   *
   * @param folder the build output: index.html, assets/ with content hashes in their names, files at the root
   * @param configuration the content of config.json; may contain values known only at deployment
   * @param more the contents of further JSON files, by name
   */
  deploy(
    folder: string,
    configuration: Readonly<Record<string, unknown>>,
    more: Readonly<Record<string, object>> = {},
  ): void {
    const page = new Asset(this, 'Page', { path: folder });
    const built = Source.bucket(page.bucket, page.s3ObjectKey);
    const role = this.deploymentRole();
    const permissions = this.deploymentPermissions(role, page);
    const assets = this.copy('Assets', [built], {
      role,
      include: ['assets/*'],
      exclude: ['*'],
      cacheControl: [CacheControl.fromString('public,max-age=31536000,immutable')],
      // Pages that are open still load files of the previous version.
      prune: false,
    });
    const files = Object.entries({ 'config.json': configuration, ...more });
    const data = files.map(([name, content]) => Source.jsonData(name, content));
    const rest = this.copy('Entry', [built, ...data], {
      role,
      exclude: ['assets/*'],
      cacheControl: [CacheControl.noCache()],
    });
    // The assets must exist before a page that loads them.
    rest.node.addDependency(assets);
    this.finishDeploymentFunction(permissions);
  }

  private copy(id: string, sources: ISource[], { role, ...props }: DeploymentProps): BucketDeployment {
    return new BucketDeployment(this, id, {
      ...props,
      sources,
      destinationBucket: this.bucket,
      role: role.withoutPolicyUpdates(),
      logGroup: this.log,
      outputObjectKeys: false,
    });
  }

  /** The role of the CDK's function that copies the build into the bucket. */
  private deploymentRole(): Role {
    return new Role(this, 'CopierRole', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: 'redraw-tracker: copies the files of the dashboard to their bucket during deployment',
    });
  }

  private deploymentPermissions(role: Role, page: Asset): ManagedPolicy {
    const { bucketArn } = this.bucket;
    const permissions = new ManagedPolicy(this, 'CopierPermissions', {
      description: 'Permissions of the function that copies the files of the dashboard to their bucket',
      roles: [role],
      statements: [
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [this.log.logGroupArn],
        }),
        new PolicyStatement({ actions: ['s3:GetObject'], resources: [page.bucket.arnForObjects('*.zip')] }),
        new PolicyStatement({ actions: ['s3:ListBucket'], resources: [bucketArn] }),
        new PolicyStatement({
          actions: ['s3:PutObject', 's3:DeleteObject'],
          resources: [this.bucket.arnForObjects('*')],
        }),
      ],
    });
    acknowledgeWildcard(
      permissions,
      this.bucket.arnForObjects('*'),
      'It writes and removes all files of the build, in a bucket that holds nothing else.',
    );
    acknowledgeWildcard(
      permissions,
      page.bucket.arnForObjects('*.zip'),
      'It can read every archive that CDK apps of this account and region have uploaded. Their names change with each build, and a change of a policy takes effect after a delay: with exact names, a copy right after an update could be refused, and the deployment would roll back.',
    );
    return permissions;
  }

  private privateBucket(): IBucket {
    const bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      lifecycleRules: [
        {
          noncurrentVersionExpiration: Duration.days(30),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: this.context.removalPolicy,
    });
    const publicFiles =
      'It holds the files of the dashboard, which CloudFront serves to everybody, and no data. CloudFront’s access log records the requests.';
    Validations.of(bucket).acknowledge(
      { id: 'AwsSolutions-S1', reason: publicFiles },
      { id: 'HIPAA.Security-S3BucketLoggingEnabled', reason: publicFiles },
      { id: 'HIPAA.Security-S3DefaultEncryptionKMS', reason: publicFiles },
      {
        id: 'HIPAA.Security-S3BucketReplicationEnabled',
        reason: 'Every deployment builds its content from the sources and writes it again.',
      },
    );
    return bucket as IBucket;
  }

  /** The CDK defines the function once per stack. */
  private finishDeploymentFunction(permissions: ManagedPolicy): void {
    const copier = Stack.of(this).node.children.find(({ node }) =>
      node.id.startsWith('Custom::CDKBucketDeployment'),
    );
    if (!copier) throw new Error('The CDK no longer defines the deployment function under its known id.');
    // The copies start as soon as the function exists. Without its permissions they fail, and the stack rolls back. The CDK
    // does not know the policy: it sees a role that it must not change.
    copier.node.addDependency(permissions);
    const atDeployment =
      'The function is part of the CDK and runs only during deployment. If it fails, the deployment fails and reports the reason.';
    Validations.of(copier).acknowledge(
      { id: 'AwsSolutions-L1', reason: atDeployment },
      { id: 'HIPAA.Security-LambdaConcurrency', reason: atDeployment },
      { id: 'HIPAA.Security-LambdaDLQ', reason: atDeployment },
      { id: 'HIPAA.Security-LambdaInsideVPC', reason: atDeployment },
    );
  }
}

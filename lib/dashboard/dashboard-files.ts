import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
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

type CopyProps = Partial<BucketDeploymentProps> & { readonly role: Role };

/** The bucket that the page's files are served from, and how they get there. */
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
   * Puts the built page there, and what this deployment has to tell it.
   *
   * @param folder what the build wrote: index.html, assets/ with names that say what is in them, files at the root
   * @param configuration becomes config.json; may hold values that are only known when it is deployed
   */
  deploy(folder: string, configuration: Readonly<Record<string, unknown>>): void {
    const page = new Asset(this, 'Page', { path: folder });
    const built = Source.bucket(page.bucket, page.s3ObjectKey);
    const role = this.roleOfCopier(page);
    const assets = this.copy('Assets', [built], {
      role,
      include: ['assets/*'],
      exclude: ['*'],
      cacheControl: [CacheControl.fromString('public,max-age=31536000,immutable')],
      // Whoever has the page open still asks for the files of the version before.
      prune: false,
    });
    const rest = this.copy('Entry', [built, Source.jsonData('config.json', configuration)], {
      role,
      exclude: ['assets/*'],
      cacheControl: [CacheControl.noCache()],
    });
    // No page may be served before what it loads is there.
    rest.node.addDependency(assets);
    this.acknowledgeCopier();
  }

  private copy(id: string, sources: ISource[], { role, ...props }: CopyProps): BucketDeployment {
    return new BucketDeployment(this, id, {
      ...props,
      sources,
      destinationBucket: this.bucket,
      role: role.withoutPolicyUpdates(),
      logGroup: this.log,
      outputObjectKeys: false,
    });
  }

  /** The library's function that unpacks the build into the bucket; it may do just that. */
  private roleOfCopier(page: Asset): Role {
    const role = new Role(this, 'CopierRole', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: 'redraw-tracker: puts the files of the dashboard into its bucket when it is deployed',
    });
    const { bucketArn } = this.bucket;
    const permissions = new ManagedPolicy(this, 'CopierPermissions', {
      description: 'What the function may do that puts the files of the dashboard into its bucket',
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
    const logicalId = Stack.of(this).getLogicalId(this.bucket.node.defaultChild as CfnBucket);
    Validations.of(permissions).acknowledge(
      {
        id: `AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/*]`,
        reason: 'It writes and removes whatever files the build has, in a bucket that holds nothing else.',
      },
      {
        id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:s3:::${this.asPrinted(page.bucket.bucketName)}/*.zip]`,
        reason: 'It reads archives of the deployment whose names are hashes, known only when they are made.',
      },
    );
    return role;
  }

  /** The bucket of the deployment's archives, whose name has account and region in it, as cdk-nag writes it. */
  private asPrinted(bucketName: string): string {
    const resolved: string | { 'Fn::Sub': string } = Stack.of(this).resolve(bucketName);
    const pattern = typeof resolved === 'string' ? resolved : resolved['Fn::Sub'];
    return pattern.replaceAll(/\$\{(.+?)\}/g, '<$1>');
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
      'It holds the program of the dashboard, which CloudFront hands to anybody who asks, and nothing of anybody. CloudFront’s own log names who asked for what.';
    Validations.of(bucket).acknowledge(
      { id: 'AwsSolutions-S1', reason: publicFiles },
      { id: 'HIPAA.Security-S3BucketLoggingEnabled', reason: publicFiles },
      { id: 'HIPAA.Security-S3DefaultEncryptionKMS', reason: publicFiles },
      {
        id: 'HIPAA.Security-S3BucketReplicationEnabled',
        reason: 'What it holds is built from the sources and put there again by every deployment.',
      },
    );
    return bucket as IBucket;
  }

  private acknowledgeCopier(): void {
    const copier = Stack.of(this).node.children.find(({ node }) =>
      node.id.startsWith('Custom::CDKBucketDeployment'),
    );
    if (!copier)
      throw new Error('The function that copies the files is not where the library used to put it.');
    const atDeployment =
      'The function comes with the CDK and runs while the stack is deployed, once for each set of files; if it fails, so does the deployment, which says why.';
    Validations.of(copier).acknowledge(
      { id: 'AwsSolutions-L1', reason: atDeployment },
      { id: 'HIPAA.Security-LambdaConcurrency', reason: atDeployment },
      { id: 'HIPAA.Security-LambdaDLQ', reason: atDeployment },
      { id: 'HIPAA.Security-LambdaInsideVPC', reason: atDeployment },
    );
  }
}

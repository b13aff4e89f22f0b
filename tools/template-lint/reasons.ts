/** Findings that are no faults of the templates. */
export interface Reason {
  readonly judge: 'cfn-lint' | 'checkov';
  readonly rule: string;
  /** The logical ids that it may be about; all by default. */
  readonly resources?: RegExp;
  readonly reason: string;
}

const ATTACHED_LATER =
  'The check knows only the legacy log, which needs access control lists. cloudFrontAccessLog adds standard logging (v2), as a delivery beside the distribution.';

/** One that no finding needs any more makes `npm run lint:templates` fail, as a finding without one does. */
export const REASONS: readonly Reason[] = [
  {
    judge: 'cfn-lint',
    rule: 'W3005',
    reason:
      'The CDK writes that a function depends on its role, which a reference says already. It does no harm, and keeps the order if the reference goes.',
  },
  {
    judge: 'checkov',
    rule: 'CKV_AWS_115',
    reason:
      'Reserved concurrency fails to deploy in a new account, whose quota is ten. The shards of the stream and the throttling of the routes bound concurrency, and two settings reserve it.',
  },
  {
    judge: 'checkov',
    rule: 'CKV_AWS_116',
    reason:
      'Every caller handles failures: HTTP callers see the error, stream records go to the failure bucket, and scheduled runs and events to the dead-letter queue as the on-failure destination. The check does not see these.',
  },
  {
    judge: 'checkov',
    rule: 'CKV_AWS_117',
    reason:
      'The functions call public addresses of AWS over TLS with their own roles, and use nothing in a VPC. A VPC would add cost and points of failure and protect nothing.',
  },
  {
    judge: 'checkov',
    rule: 'CKV_AWS_173',
    reason:
      'The variables are names and settings. Secrets are read from Secrets Manager at run time, and AWS encrypts the variables with its own key.',
  },
  {
    judge: 'checkov',
    rule: 'CKV_AWS_18',
    resources: /^DashboardFilesBucket/,
    reason:
      'The bucket has the public files of the page and nothing else, and only CloudFront reads it, which logs requests itself.',
  },
  {
    judge: 'checkov',
    rule: 'CKV_AWS_18',
    resources: /^FailedRecordsBucket/,
    reason:
      'It is written only when a record is given up, which raises an alarm, and holds ids and states that the table holds too.',
  },
  {
    judge: 'checkov',
    rule: 'CKV_AWS_27',
    resources: /^DeadLettersQueue/,
    reason: 'SQS encrypts it with keys of its own (SqsManagedSseEnabled). The check knows only keys of KMS.',
  },
  {
    judge: 'checkov',
    rule: 'CKV_AWS_68',
    resources: /^DashboardDistribution/,
    reason:
      'dashboardWebAclArn and entrance attach a web ACL, which costs money every month. Without them, every route but the webhook and the API description needs a token, and all are throttled.',
  },
  {
    judge: 'checkov',
    rule: 'CKV_AWS_86',
    resources: /^(Dashboard|Entrance)Distribution/,
    reason: ATTACHED_LATER,
  },
  {
    judge: 'checkov',
    rule: 'CKV_AWS_174',
    resources: /^(Dashboard|Entrance)Distribution/,
    reason:
      'CloudFront chooses the protocols of its default certificate. With dashboardDomain, the distribution demands TLS 1.2.',
  },
  {
    judge: 'checkov',
    rule: 'CKV_AWS_192',
    resources: /^(Entrance)?WebAcl/,
    reason:
      'Nothing behind the web ACL runs Java, and the managed rules that find Log4j attacks cost money every month.',
  },
];

import * as z from 'zod';
import { Problem } from '../../../lib/problems/problem.ts';
import type { Template } from '../template/template.ts';
import { type PathFunction, pathFunction } from './edge-function.ts';

/** The template's CloudFront distribution: the origin of each path, and the headers that it adds. */
export interface Distribution {
  id: string;
  /** The first pattern that matches decides. */
  behaviors: { pattern: string; toApi: boolean }[];
  /** The bucket of the page, the origin of all other paths. */
  bucketName: string;
  /** Added to the responses from the bucket. */
  headers: Record<string, string>;
  pathOf: PathFunction;
}

const behaviorSchema = z.object({
  TargetOriginId: z.string(),
  PathPattern: z.string().default('*'),
  ResponseHeadersPolicyId: z.string().optional(),
  FunctionAssociations: z
    .array(z.object({ EventType: z.literal('viewer-request'), FunctionARN: z.string() }))
    .max(1)
    .default([]),
});

const distributionSchema = z.object({
  DistributionConfig: z.object({
    Origins: z.array(
      z.object({ Id: z.string(), DomainName: z.string(), S3OriginConfig: z.unknown().optional() }),
    ),
    CacheBehaviors: z.array(behaviorSchema).default([]),
    DefaultCacheBehavior: behaviorSchema,
  }),
});

const value = <Key extends string>(key: Key) =>
  z.object({ [key]: z.string() } as Record<Key, z.ZodString>).optional();

const headersSchema = z.object({
  ResponseHeadersPolicyConfig: z.object({
    CustomHeadersConfig: z
      .object({ Items: z.array(z.object({ Header: z.string(), Value: z.string() })) })
      .optional(),
    SecurityHeadersConfig: z
      .object({
        ContentSecurityPolicy: value('ContentSecurityPolicy'),
        ContentTypeOptions: z.unknown().optional(),
        FrameOptions: value('FrameOption'),
        ReferrerPolicy: value('ReferrerPolicy'),
        StrictTransportSecurity: z
          .object({
            AccessControlMaxAgeSec: z.coerce.number(),
            IncludeSubdomains: z.coerce.boolean().default(false),
          })
          .optional(),
      })
      .optional(),
  }),
});

const functionSchema = z.object({ FunctionCode: z.string() });

/** @returns undefined if the template has no distribution */
export function readDistribution(template: Template): Distribution | undefined {
  const [id, ...others] = template.resources('AWS::CloudFront::Distribution');
  if (id === undefined) return undefined;
  if (others.length > 0) throw new Problem('The local run supports one distribution; the template has more.');
  const { Origins, CacheBehaviors, DefaultCacheBehavior } = template.read(
    id,
    distributionSchema,
  ).DistributionConfig;
  const bucketOf = new Map(
    template
      .resources('AWS::S3::Bucket')
      .map((bucket) => [`${template.nameOf(bucket)}.s3.amazonaws.com`, template.nameOf(bucket)]),
  );
  const originOf = (behavior: z.output<typeof behaviorSchema>) =>
    bucketOf.get(Origins.find(({ Id }) => Id === behavior.TargetOriginId)?.DomainName ?? '');
  const bucketName = originOf(DefaultCacheBehavior);
  if (bucketName === undefined)
    throw new Problem(`The default origin of the distribution ${id} is not a bucket.`);
  const [association] = DefaultCacheBehavior.FunctionAssociations;
  return {
    id,
    behaviors: CacheBehaviors.map((behavior) => ({
      pattern: behavior.PathPattern,
      toApi: originOf(behavior) === undefined,
    })),
    bucketName,
    headers: readHeaders(template, DefaultCacheBehavior.ResponseHeadersPolicyId),
    pathOf: association
      ? readEdgeFunction(template, association.FunctionARN)
      : ({ url }) => url.split('?')[0] ?? url,
  };
}

function readEdgeFunction(template: Template, arn: string): PathFunction {
  const id = template.resources('AWS::CloudFront::Function').find((name) => arn.endsWith(`/${name}`));
  if (id === undefined) throw new Problem(`The template has no CloudFront Function ${arn}.`);
  return pathFunction(template.read(id, functionSchema).FunctionCode);
}

function readHeaders(template: Template, policy: string | undefined): Record<string, string> {
  const id = template.resources('AWS::CloudFront::ResponseHeadersPolicy').find((name) => name === policy);
  if (id === undefined) return {};
  const { CustomHeadersConfig, SecurityHeadersConfig: security = {} } = template.read(
    id,
    headersSchema,
  ).ResponseHeadersPolicyConfig;
  const transport = security.StrictTransportSecurity;
  const known: Record<string, string | undefined> = {
    'content-security-policy': security.ContentSecurityPolicy?.ContentSecurityPolicy,
    'x-content-type-options': security.ContentTypeOptions === undefined ? undefined : 'nosniff',
    'x-frame-options': security.FrameOptions?.FrameOption,
    'referrer-policy': security.ReferrerPolicy?.ReferrerPolicy,
    'strict-transport-security':
      transport &&
      `max-age=${transport.AccessControlMaxAgeSec}${transport.IncludeSubdomains ? '; includeSubDomains' : ''}`,
  };
  const custom = (CustomHeadersConfig?.Items ?? []).map(({ Header, Value }) => [Header.toLowerCase(), Value]);
  return Object.fromEntries([...Object.entries(known).filter(([, text]) => text !== undefined), ...custom]);
}

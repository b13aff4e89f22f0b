import * as z from 'zod';
import { withStandIns } from '../../setting/deploy-time-values.ts';
import { list, onOffSetting, textOrDeployTime } from '../../setting/setting-formats.ts';

/** The address of a construct of the same app, with the length of its prefix, which tells its version. */
const deployTimeRange = z.string().refine((range) => {
  const { text } = withStandIns(range, () => 'value');
  return text !== range && /^value\/([1-9]\d?|1[01]\d|12[0-8])$/.test(text);
});

/** An address or a range of addresses, as a range. AWS WAF refuses a range of all addresses. */
const addressRange = z
  .union([
    deployTimeRange,
    z.ipv4().transform((address) => `${address}/32`),
    z.ipv6().transform((address) => `${address}/128`),
    z.cidrv4(),
    z.cidrv6(),
  ])
  .refine((range) => !range.endsWith('/0'));

/** The version of IP of a range. A prefix of IPv4 has at most 32 bits. */
export function ipVersion(range: string): 'IPV4' | 'IPV6' {
  const { text } = withStandIns(range, () => 'value');
  return text.includes(':') || Number(text.split('/')[1]) > 32 ? 'IPV6' : 'IPV4';
}

const addresses =
  'IPv4 and IPv6 addresses or ranges, separated by commas (for example 203.0.113.7, 2001:db8::/56)';

/** The entrance through CloudFront and AWS WAF. */
export const entranceKeys = {
  entrance: {
    ...onOffSetting('off', 'on (CloudFront and AWS WAF in front of the API, paid per month) or off'),
    means:
      'Whether [CloudFront and AWS WAF](operations/entrance.md) are in front of the API. In a region other than us-east-1, this adds a stack there.',
  },
  entranceWebhookSenders: {
    schema: list(addressRange).optional(),
    expected: addresses,
    type: 'string[]',
    means: 'The addresses or ranges (CIDR) that may deliver webhooks. Required with `entrance`.',
  },
  entranceDeniedAddresses: {
    schema: list(addressRange).optional(),
    expected: addresses,
    type: 'string[]',
    means: 'The addresses or ranges (CIDR) that may not send anything. Needs `entrance`.',
  },
  entranceSecretVersion: {
    schema: textOrDeployTime(z.string().regex(/^[\w-]{32,64}$/)).optional(),
    expected: 'the VersionId that Secrets Manager gave to the new value of the origin secret',
    otherwise: 'the value when CloudFormation last created or changed the distribution',
    means:
      'Which version of the origin secret CloudFront sends, after you [changed it](operations/entrance.md#changing-the-secret). Needs `entrance`.',
  },
};

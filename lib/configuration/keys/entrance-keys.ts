import * as z from 'zod';
import { list, onOff, wholeNumber } from './setting-formats.ts';

/** An address or a range of addresses, as a range. AWS WAF refuses a range of all addresses. */
const addressRange = z
  .union([
    z.ipv4().transform((address) => `${address}/32`),
    z.ipv6().transform((address) => `${address}/128`),
    z.cidrv4(),
    z.cidrv6(),
  ])
  .refine((range) => !range.endsWith('/0'));

const addresses =
  'IPv4 and IPv6 addresses or ranges, separated by commas (for example 203.0.113.7, 2001:db8::/56)';

/** The entrance through CloudFront and AWS WAF. */
export const entranceKeys = {
  entrance: {
    schema: onOff.default('off'),
    expected: 'on (CloudFront and AWS WAF in front of the API, paid per month) or off',
  },
  entranceWebhookSenders: { schema: list(addressRange).optional(), expected: addresses },
  entranceDeniedAddresses: { schema: list(addressRange).optional(), expected: addresses },
  entranceRequestsPerAddress: {
    schema: wholeNumber(10, 2_000_000_000).default(6_000),
    expected: 'a whole number of requests in five minutes, 10 to 2000000000',
  },
  entranceSecretVersion: {
    schema: z
      .string()
      .regex(/^[\w-]{32,64}$/)
      .optional(),
    expected: 'the VersionId that Secrets Manager gave to the new value of the origin secret',
  },
};

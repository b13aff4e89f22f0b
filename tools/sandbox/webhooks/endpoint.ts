import * as z from 'zod';

/** The signing secret of the local stack and of the sandbox by default. It is public: never use it for a deployment. */
export const DEVELOPMENT_SECRET = `whsec_${Buffer.from('redraw-tracker-local-dev').toString('base64')}`;

export const MIN_SECRET_BYTES = 16;

const SECRET_RULE =
  'must be a signing secret (whsec_ and the base64 of at least 16 bytes), or several separated by commas';

/** Signing secrets, separated by commas. All of them sign, as during a rotation. */
const secretsSchema = z
  .string(SECRET_RULE)
  .refine((text) => text.split(',').every((secret) => isSigningSecret(secret.trim())), SECRET_RULE);

export const endpointSchema = z.strictObject({
  url: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
  secret: secretsSchema,
});

/** Where webhooks go, and with which secrets they are signed. */
export type Endpoint = z.output<typeof endpointSchema>;

export function isSigningSecret(secret: string): boolean {
  const [, key] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret) ?? [];
  if (key === undefined) return false;
  const bytes = Buffer.from(key, 'base64');
  // Node decodes invalid base64 too. Only valid base64 encodes back to itself.
  return bytes.length >= MIN_SECRET_BYTES && bytes.toString('base64') === key;
}

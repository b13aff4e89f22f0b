import * as z from 'zod';
import { SANDBOX_API_KEY, startSandbox } from './server.ts';
import { ALLOWED_HOSTS_RULE, allowedHosts } from './trusted-callers.ts';
import { DEVELOPMENT_SECRET, endpointSchema } from './webhooks/endpoint.ts';

const PORT_RULE = 'must be a whole number from 0 to 65535';

const environmentSchema = z.object({
  PORT: z
    .stringFormat('port', (text) => /^\d{1,5}$/.test(text) && Number(text) <= 65_535, PORT_RULE)
    .transform(Number)
    .default(8799),
  ALLOWED_HOSTS: allowedHosts(ALLOWED_HOSTS_RULE),
  WEBHOOK_URL: endpointSchema.shape.url.optional(),
  WEBHOOK_SECRET: endpointSchema.shape.secret.default(DEVELOPMENT_SECRET),
  JUNCTION_API_KEY: z.string().default(SANDBOX_API_KEY),
});

// An empty variable counts as not set.
const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ''));
const environment = environmentSchema.safeParse(given);
if (!environment.success) {
  for (const { path, message } of environment.error.issues) console.error(`${path.join('.')} ${message}.`);
  process.exit(1);
}
const { PORT, ALLOWED_HOSTS, WEBHOOK_URL, WEBHOOK_SECRET, JUNCTION_API_KEY } = environment.data;
const sandbox = await startSandbox({
  port: PORT,
  apiKey: JUNCTION_API_KEY,
  allowedHosts: ALLOWED_HOSTS,
  ...(WEBHOOK_URL === undefined ? {} : { webhooks: { url: WEBHOOK_URL, secret: WEBHOOK_SECRET } }),
});

console.log(`Page and base URL of the API: ${sandbox.url}`);
console.log(`x-vital-api-key: ${JUNCTION_API_KEY}`);
console.log(
  WEBHOOK_URL === undefined
    ? 'No webhooks are sent. Set an endpoint on the page, or by WEBHOOK_URL and WEBHOOK_SECRET.'
    : `Webhooks go to ${WEBHOOK_URL}, signed with ${WEBHOOK_SECRET}.`,
);
console.log(`ready ${sandbox.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());

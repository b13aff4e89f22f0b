import * as z from 'zod';
import { SANDBOX_API_KEY, startSandbox } from './server.ts';

/** The secret that the local stack expects by default. */
const DEVELOPMENT_SECRET = `whsec_${Buffer.from('redraw-tracker-local-dev').toString('base64')}`;

const environmentSchema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(8799),
  WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  WEBHOOK_SECRET: z
    .string()
    .startsWith('whsec_', 'WEBHOOK_SECRET begins with whsec_')
    .default(DEVELOPMENT_SECRET),
  JUNCTION_API_KEY: z.string().min(1).default(SANDBOX_API_KEY),
});

const environment = environmentSchema.safeParse(process.env);
if (!environment.success) {
  for (const { path, message } of environment.error.issues) console.error(`${path.join('.')}: ${message}`);
  process.exit(1);
}
const { PORT, WEBHOOK_URL, WEBHOOK_SECRET, JUNCTION_API_KEY } = environment.data;
const sandbox = await startSandbox({
  port: PORT,
  apiKey: JUNCTION_API_KEY,
  ...(WEBHOOK_URL === undefined ? {} : { webhooks: { url: WEBHOOK_URL, secret: WEBHOOK_SECRET } }),
});

console.log(`The page, and the base URL of the API: ${sandbox.url}`);
console.log(`x-vital-api-key: ${JUNCTION_API_KEY}`);
console.log(
  WEBHOOK_URL === undefined
    ? 'No webhooks are sent until the page, or WEBHOOK_URL and WEBHOOK_SECRET, say where to.'
    : `Webhooks go to ${WEBHOOK_URL}, signed with ${WEBHOOK_SECRET}`,
);
console.log(`ready ${sandbox.url}`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void sandbox.close());

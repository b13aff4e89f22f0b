import { createHash, createHmac } from 'node:crypto';
import { Agent as HttpAgent, request as requestHttp } from 'node:http';
import { Agent as HttpsAgent, request as requestHttps } from 'node:https';
import type { UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';

const SERVICE = 'dynamodb';
const TERMINATOR = 'aws4_request';

const { AWS_REGION: region = '', AWS_ACCESS_KEY_ID: keyId, AWS_SECRET_ACCESS_KEY: secretKey } = process.env;
const endpoint = new URL(
  process.env.AWS_ENDPOINT_URL_DYNAMODB ?? `https://${SERVICE}.${region}.amazonaws.com`,
);
const isPlain = endpoint.protocol === 'http:';
const agent = isPlain ? new HttpAgent({ keepAlive: true }) : new HttpsAgent({ keepAlive: true });

/** A write without the SDK: what is left of a first request is Node's own. It neither retries nor reads errors. */
export function handler(update: UpdateItemCommandInput): Promise<void> {
  const body = JSON.stringify(update);
  const options = { method: 'POST', agent, headers: signed(body) };
  return new Promise((done, fail) => {
    const sent = (isPlain ? requestHttp : requestHttps)(endpoint, options, (response) => {
      response.resume().on('end', () => (response.statusCode === 200 ? done() : fail(new Error('refused'))));
    });
    sent.on('error', fail).end(body);
  });
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function signed(body: string): Record<string, string> {
  const at = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const headers: Record<string, string> = {
    'content-type': 'application/x-amz-json-1.0',
    host: endpoint.host,
    'x-amz-date': at,
    'x-amz-target': 'DynamoDB_20120810.UpdateItem',
  };
  if (process.env.AWS_SESSION_TOKEN) headers['x-amz-security-token'] = process.env.AWS_SESSION_TOKEN;
  const names = Object.keys(headers).sort();
  const lines = names.map((name) => `${name}:${headers[name]}`);
  const canonical = ['POST', '/', '', ...lines, '', names.join(';'), digest(body)].join('\n');
  const scope = [at.slice(0, 8), region, SERVICE, TERMINATOR];
  const key = scope.reduce<string | Buffer>((secret, part) => keyed(secret, part), `AWS4${secretKey}`);
  const signature = keyed(key, ['AWS4-HMAC-SHA256', at, scope.join('/'), digest(canonical)].join('\n'));
  const credential = `${keyId}/${scope.join('/')}`;
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${names.join(';')}, Signature=${signature.toString('hex')}`;
  return headers;
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const keyed = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();

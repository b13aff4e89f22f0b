import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { awsEndpoint } from '../../aws-endpoint.ts';

test("an operator's own access key and region never reach the database", async () => {
  const received: (string | undefined)[] = [];
  const database = createServer((request, response) => {
    received.push(request.headers.authorization);
    response.end('{}');
  });
  await new Promise<void>((ready) => database.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void database.close());
  const databaseUrl = `http://127.0.0.1:${(database.address() as AddressInfo).port}`;
  const scope = (credential: string) =>
    `AWS4-HMAC-SHA256 Credential=${credential}/dynamodb/aws4_request, SignedHeaders=host, Signature=00`;

  const options = {
    servicesUrl: 'http://127.0.0.1:9',
    databaseUrl,
    mappings: [],
    lastResult: () => undefined,
  };
  const answer = await awsEndpoint(options, '/', {
    method: 'POST',
    url: '/',
    headers: new Map([
      ['x-amz-target', ['DynamoDB_20120810.DescribeTable']],
      ['authorization', [scope('AKIAIOSFODNN7EXAMPLE/20260302/eu-west-1')]],
    ]),
    body: Buffer.from('{}'),
    sourceIp: '127.0.0.1',
    id: 'request-1',
    receivedAt: new Date(),
  });
  expect(answer?.status).toBe(200);
  expect(received).toEqual([scope('local/20260302/us-east-1')]);
});

import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import pg from 'pg';
import { appOn } from './app.ts';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL ?? '', max: 10 });
const app = appOn(pool);

/** Lets the benchmark call the server as it calls functions, without going through a socket. */
export async function handler(event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> {
  const { statusCode } = await app.inject({
    method: 'POST',
    url: event.rawPath,
    headers: event.headers,
    payload: event.body ?? '',
  });
  return { statusCode };
}

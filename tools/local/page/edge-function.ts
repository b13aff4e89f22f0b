import { createContext, runInContext } from 'node:vm';
import * as z from 'zod';
import { type HttpRequest, splitUrl } from '../http/http-event.ts';

const requestSchema = z.object({ uri: z.string() });

/** Returns the path that CloudFront requests from its origin. */
export type PathFunction = (request: HttpRequest) => string;

/** Runs the code of a CloudFront Function on viewer requests. The local run supports changes of the path only. */
export function pathFunction(code: string): PathFunction {
  const handler: unknown = runInContext(`${code}\n;handler`, createContext({}));
  if (typeof handler !== 'function') throw new TypeError('The CloudFront Function has no handler.');
  return ({ method, url, headers }) => {
    const event = {
      version: '1.0',
      context: { eventType: 'viewer-request' },
      request: {
        method,
        uri: splitUrl(url).path,
        querystring: {},
        headers: Object.fromEntries(
          [...headers].map(([name, values]) => [name, { value: values.join(',') }] as const),
        ),
        cookies: {},
      },
    };
    return requestSchema.parse(handler(event)).uri;
  };
}

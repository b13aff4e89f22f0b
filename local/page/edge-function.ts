import { createContext, runInContext } from 'node:vm';
import * as z from 'zod';
import type { HttpRequest } from '../http/http-event.ts';
import { splitUrl } from '../http/http-event.ts';

const requestSchema = z.object({ uri: z.string() });

/** Gives the path that CloudFront asks its origin for, by the path and the request as they came. */
export type ViewerRequest = (request: HttpRequest) => string;

/**
 * Runs the code of a CloudFront Function for the viewer's request. Here it can change the path; an answer of its own is
 * not known here.
 */
export function viewerRequest(code: string): ViewerRequest {
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

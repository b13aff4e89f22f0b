import type { HttpRequest } from '../http/http-event.ts';
import { type HttpAnswer, message } from '../http/http-response.ts';
import type { Template } from '../template/template.ts';
import { type Distribution, readDistribution } from './distribution.ts';
import { readPageFile, readPageFiles } from './page-files.ts';
import { originOf } from './page-origin.ts';
import { matchesWildcard } from './wildcard.ts';

/** What CloudFront serves by the template, but for what it hands on to the API. */
export interface Page {
  /** Whether the API answers for this path at the address of the page. */
  isForApi(path: string): boolean;
  answer(request: HttpRequest): HttpAnswer;
}

/** Where the deployment says to people's browsers how to sign in. */
const CONFIGURATION = 'config.json';

/** A user pool's sign-in, whatever its prefix. */
const SIGN_IN_ORIGIN = /https:\/\/[\w-]+\.auth\.[\w-]+\.amazoncognito\.com/g;

/**
 * The template's page: the very files that a deployment would copy, under the headers it would put on them.
 *
 * @param issuer of the tokens that the API takes; on this machine it is where the page is
 * @returns undefined if the template has none
 */
export function openPage(template: Template, issuer: string): Page | undefined {
  const distribution: Distribution | undefined = readDistribution(template);
  if (!distribution) return undefined;
  const files = readPageFiles(template, distribution.bucketName);

  return {
    isForApi: (path) =>
      distribution.behaviors.find(({ pattern }) => matchesWildcard(pattern, path))?.toApi ?? false,
    answer(request) {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return message(403, 'This distribution is not configured to allow the HTTP request method.');
      const key = decoded(distribution.pathOf(request)).slice(1);
      const file = files.get(key);
      // A bucket that may not be listed says no more of what it does not have.
      if (!file) return message(403, 'AccessDenied', distribution.headers);
      const body = readPageFile(file);
      return {
        status: 200,
        headers: { 'content-type': file.contentType, ...file.metadata, ...distribution.headers },
        body: key === CONFIGURATION ? signInHere(body, issuer, originOf(request)) : body,
      };
    },
  };
}

function signInHere(configuration: Buffer, issuer: string, origin: string): Buffer {
  const text = configuration.toString('utf8').replaceAll(issuer, origin).replaceAll(SIGN_IN_ORIGIN, origin);
  return Buffer.from(text);
}

function decoded(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

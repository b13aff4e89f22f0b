import type { HttpRequest } from '../http/http-event.ts';
import { type HttpResponse, message } from '../http/http-response.ts';
import type { Template } from '../template/template.ts';
import { matchesWildcard } from '../wildcard.ts';
import { type Distribution, readDistribution } from './distribution.ts';
import { readPageFile, readPageFiles } from './page-files.ts';
import { originOf } from './page-origin.ts';

/** The page as CloudFront serves it. */
export interface Page {
  distributionId: string;
  /** Whether CloudFront passes the path to the API. */
  isForApi(path: string): boolean;
  handle(request: HttpRequest): HttpResponse;
}

/** Tells the page where to sign in. */
const CONFIGURATION = 'config.json';

/** The origin of a user pool's sign-in pages. */
const SIGN_IN_ORIGIN = /https:\/\/[\w-]+\.auth\.[\w-]+\.amazoncognito\.com/g;

/**
 * The template's page, with the files and headers of a deployment.
 * @param issuer the token issuer of the API, which is at the origin of the page in a local run
 * @returns undefined if the template has no page
 */
export function openPage(template: Template, issuer: string): Page | undefined {
  const distribution: Distribution | undefined = readDistribution(template);
  if (!distribution) return undefined;
  const files = readPageFiles(template, distribution.bucketName);

  return {
    distributionId: distribution.id,
    isForApi: (path) =>
      distribution.behaviors.find(({ pattern }) => matchesWildcard(pattern, path))?.toApi ?? false,
    handle(request) {
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return message(403, 'This distribution is not configured to allow the HTTP request method.');
      const key = decoded(distribution.pathOf(request)).slice(1);
      const file = files.get(key);
      // S3 answers 403 for a missing object if the caller must not list the bucket.
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

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import { replaceFile } from '../files/atomic-file.ts';
import type { DataDirectory } from '../files/data-directory.ts';
import { type LoopbackServer, startLoopbackServer } from '../http/loopback-server.ts';
import type { Template } from '../template/template.ts';
import { ServiceFault } from './service-operation.ts';

export type ObjectStore = LoopbackServer;

/** Folder of each bucket, by its name. */
export type Buckets = ReadonlyMap<string, string>;

/** The template's buckets, each a folder `s3/<bucket>` in the data directory with a file for every object. */
export function readBuckets(template: Template, data: DataDirectory): Buckets {
  return new Map(
    template.resources('AWS::S3::Bucket').map((id) => [template.nameOf(id), data.file('s3', id)] as const),
  );
}

interface Answer {
  status: number;
  body?: string;
  etag?: string;
}

/** A requested object: `name` is its key, empty for the bucket itself. */
interface Target {
  folder: string;
  name: string;
  query: URLSearchParams;
}

/** `key` is empty for the bucket itself. */
type AuthorizeObject = (
  authorization: string | undefined,
  method: string,
  object: { bucket: string; key: string },
) => void;

const KEYS_PER_PAGE = 1000;
const LIST_PARAMETERS = new Set(['list-type', 'prefix', 'continuation-token']);

/**
 * Amazon S3 on a free port, with the operations that the functions use: listing, reading, deleting and writing objects, the
 * last one also on condition of an ETag. Buckets are addressed by path, as the SDK does if the endpoint is an IP address.
 * There are no versions: a deleted or overwritten object is gone.
 * @param authorize called before each operation. @throws ServiceFault for a caller that may not do it
 */
export async function startObjectStore(
  buckets: Buckets,
  authorize: AuthorizeObject = () => {},
): Promise<ObjectStore> {
  return startLoopbackServer((request, content, response) => {
    const { status, body = '', etag } = answer(buckets, request, content.toString(), authorize);
    response.writeHead(status, {
      'content-type': body.startsWith('<?xml') ? 'application/xml' : 'application/octet-stream',
      ...(etag !== undefined && { etag }),
    });
    response.end(body);
  });
}

function answer(
  buckets: Buckets,
  request: IncomingMessage,
  text: string,
  authorize: AuthorizeObject,
): Answer {
  const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost');
  const [bucket = '', ...segments] = pathname.slice(1).split('/').map(decodeURIComponent);
  const folder = buckets.get(bucket);
  if (folder === undefined) return fault(404, 'NoSuchBucket', 'The specified bucket does not exist');
  const name = segments.join('/');
  // S3 accepts any text as a key. Here it is a path below the folder.
  if (name.split('/').includes('..')) return fault(400, 'InvalidURI', 'Could not parse the specified URI.');
  try {
    authorize(request.headers.authorization, request.method ?? '', { bucket, key: name });
  } catch (error) {
    if (error instanceof ServiceFault) return fault(403, 'AccessDenied', error.message);
    throw error;
  }
  const target = { folder, name, query };
  if (request.method === 'GET') return name === '' ? list(target) : read(target);
  if (request.method === 'PUT' && name !== '') return write(target, text, request.headers['if-match']);
  if (request.method === 'DELETE' && name !== '') return remove(target);
  return fault(501, 'NotImplemented', 'The local run does not support this operation of S3.');
}

function list({ folder, query }: Target): Answer {
  const other = [...query.keys()].find((name) => !LIST_PARAMETERS.has(name));
  if (other !== undefined) {
    return fault(501, 'NotImplemented', `The local run does not support ${other} in a list of objects.`);
  }
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? '';
  const keys = objectsIn(folder).filter((key) => key.startsWith(prefix) && key > after);
  const page = keys.slice(0, KEYS_PER_PAGE);
  const next = page.length < keys.length ? page.at(-1) : undefined;
  const contents = page.map((key) => `<Contents><Key>${escaped(key)}</Key></Contents>`).join('');
  const more = next === undefined ? '' : `<NextContinuationToken>${escaped(next)}</NextContinuationToken>`;
  return {
    status: 200,
    body: `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${more}${contents}</ListBucketResult>`,
  };
}

function objectsIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.unfinished'))
      .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
      .sort();
  } catch {
    return [];
  }
}

function read(target: Target): Answer {
  const body = contentOf(target);
  return body === undefined ? noSuchKey() : { status: 200, body, etag: etagOf(body) };
}

function write(target: Target, body: string, condition: string | undefined): Answer {
  const stored = contentOf(target);
  if (condition !== undefined && stored === undefined) return noSuchKey();
  if (condition !== undefined && stored !== undefined && condition !== etagOf(stored)) {
    return fault(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
  }
  const file = join(target.folder, target.name);
  mkdirSync(dirname(file), { recursive: true });
  replaceFile(file, body);
  return { status: 200, etag: etagOf(body) };
}

function remove({ folder, name }: Target): Answer {
  rmSync(join(folder, name), { force: true });
  return { status: 204 };
}

function contentOf({ folder, name }: Target): string | undefined {
  const file = join(folder, name);
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file, 'utf8') : undefined;
}

const etagOf = (body: string) => `"${createHash('md5').update(body).digest('hex')}"`;

const noSuchKey = () => fault(404, 'NoSuchKey', 'The specified key does not exist.');

function fault(status: number, code: string, message: string): Answer {
  const text = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, body: `<?xml version="1.0" encoding="UTF-8"?>${text}` };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

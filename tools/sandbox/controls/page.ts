import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiAnswer, ApiRequest } from '../api/api.ts';

const FOLDER = join(import.meta.dirname, '..', 'page');

const FILES: Record<string, [file: string, type: string]> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.css': ['page.css', 'text/css; charset=utf-8'],
  '/page.js': ['page.js', 'text/javascript; charset=utf-8'],
};

/** A file of the page for people; null for any other path. */
export function pageOf({ method, path }: Pick<ApiRequest, 'method' | 'path'>): ApiAnswer | null {
  const [file, type] = (method === 'GET' && FILES[path]) || [];
  if (!file || !type) return null;
  return {
    status: 200,
    body: readFileSync(join(FOLDER, file)),
    headers: {
      'content-type': type,
      'content-security-policy':
        "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    },
  };
}

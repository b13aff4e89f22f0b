import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type HttpRequest, splitUrl } from '../http/http-event.ts';
import type { HttpResponse } from '../http/http-response.ts';

export const API_REFERENCE = '/api';

/** Allows nothing but files of this origin. Swagger UI's icons are data URLs. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HTML = `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>redraw-tracker API</title>
    <link rel="stylesheet" href="${API_REFERENCE}/swagger-ui.css">
    <link rel="stylesheet" href="${API_REFERENCE}/colors.css">
    <link rel="icon" href="${API_REFERENCE}/favicon-32x32.png">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="${API_REFERENCE}/swagger-ui-bundle.js"></script>
    <script src="${API_REFERENCE}/initialize.js"></script>
  </body>
</html>
`;

const INITIALIZE = `SwaggerUIBundle({ url: '/openapi.json', dom_id: '#swagger-ui', deepLinking: true });\n`;

/** Read when they are first requested. */
const files: Readonly<Record<string, { readonly type: string; readonly read: () => Promise<Buffer> }>> = {
  '': { type: 'text/html; charset=utf-8', read: async () => Buffer.from(HTML) },
  '/initialize.js': { type: 'text/javascript; charset=utf-8', read: async () => Buffer.from(INITIALIZE) },
  '/swagger-ui.css': {
    type: 'text/css; charset=utf-8',
    read: () => readFile(fileURLToPath(import.meta.resolve('swagger-ui-dist/swagger-ui.css'))),
  },
  '/colors.css': {
    type: 'text/css; charset=utf-8',
    read: () => readFile(new URL('./api-reference.css', import.meta.url)),
  },
  '/swagger-ui-bundle.js': {
    type: 'text/javascript; charset=utf-8',
    read: () => readFile(fileURLToPath(import.meta.resolve('swagger-ui-dist/swagger-ui-bundle.js'))),
  },
  '/favicon-32x32.png': {
    type: 'image/png',
    read: () => readFile(fileURLToPath(import.meta.resolve('swagger-ui-dist/favicon-32x32.png'))),
  },
};

/**
 * Answers for the API reference: Swagger UI on the OpenAPI document that the query function serves.
 * @returns undefined for any other request
 */
export async function apiReferenceResponse({ method, url }: HttpRequest): Promise<HttpResponse | undefined> {
  const { path } = splitUrl(url);
  if ((method !== 'GET' && method !== 'HEAD') || !path.startsWith(API_REFERENCE)) return undefined;
  const name = path.slice(API_REFERENCE.length);
  const file = Object.hasOwn(files, name) ? files[name] : undefined;
  if (!file) return undefined;
  return {
    status: 200,
    headers: {
      'content-type': file.type,
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
    },
    body: await file.read(),
  };
}

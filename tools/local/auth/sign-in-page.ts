import { createHash } from 'node:crypto';
import type { HttpResponse } from '../http/http-response.ts';
import type { LocalUser } from './users.ts';

const style = `
:root { color-scheme: light dark; --text: #16191f; --quiet: #5f6b7a; --line: #d5dbdb; --ground: #fff; --accent: #0972d3; }
@media (prefers-color-scheme: dark) {
  :root { --text: #e9ebed; --quiet: #9ba7b6; --line: #414d5c; --ground: #0f1b2a; --accent: #539fe5; }
}
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 26rem; margin: 12vh auto 2rem; padding: 0 1.5rem; }
h1 { margin: 0 0 .25rem; font-size: 1.5rem; line-height: 1.25; }
p { margin: 0 0 1.5rem; color: var(--quiet); }
ul { margin: 0; padding: 0; list-style: none; }
button { display: block; width: 100%; margin: 0 0 .75rem; padding: .75rem 1rem; border: 1px solid var(--line);
  border-radius: 8px; background: transparent; color: inherit; font: inherit; text-align: left; cursor: pointer; }
button:hover { border-color: var(--accent); }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
strong, small { display: block; }
small { color: var(--quiet); font-size: .875rem; }
`;

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  // With no-referrer, the browser would send the form with the origin of nobody.
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; '),
};

/**
 * Shows the local users to choose from.
 * @param request the parameters of the authorization request, which the form sends again
 */
export function signInPage(users: readonly LocalUser[], request: URLSearchParams): HttpResponse {
  const kept = [...request].map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}">`,
  );
  const choices = users.map(
    ({ username, name, groups }) =>
      `<li><button name="person" value="${escaped(username)}"><strong>${escaped(name)}</strong>` +
      `<small>${escaped(groups.join(', ') || 'in no group')}</small></button></li>`,
  );
  return page(
    200,
    'Sign in',
    `<p>The local run needs no password. A deployment asks for a password and a one-time code.</p>
<form method="post" action="/oauth2/authorize">${kept.join('')}
<ul>${choices.join('\n')}</ul>
</form>`,
  );
}

/** For requests that must not be redirected, because their redirect address is not trusted. */
export function refusalPage(reason: string): HttpResponse {
  return page(400, 'Sign-in failed', `<p>${escaped(reason)}</p>`);
}

function page(status: number, title: string, content: string): HttpResponse {
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – redraw-tracker</title><style>${style}</style></head>
<body><main><h1>${title}</h1>
${content}
</main></body>
</html>
`;
  return { status, headers, body: Buffer.from(html) };
}

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

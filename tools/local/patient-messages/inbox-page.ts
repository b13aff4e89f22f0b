import { type HttpRequest, splitUrl } from '../http/http-event.ts';
import { type HttpResponse, json, message } from '../http/http-response.ts';
import type { InboxMessage } from './inbox.ts';
import type { Providers } from './providers.ts';

export const INBOX = '/inbox';

const REPLIES = `${INBOX}/replies`;
const MAIL_PATH = /^\/inbox\/mail\/(\d+)$/;

/** A mail is a document of its own, in which nothing runs and nothing is loaded. */
const POLICY_OF_MAIL = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-popups";
const POLICY_OF_PAGE = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; base-uri 'none'";

/**
 * Answers for the inbox: `/inbox` shows what patients and owners got, newest first, and `/inbox.json` has the same, newest last. A form posted to
 * `/inbox/replies` (`to`, `text`) is a patient's reply to an SMS.
 * @returns undefined for any other request
 */
export function inboxResponse(
  { inbox, reply }: Pick<Providers, 'inbox' | 'reply'>,
  { method, url, body }: HttpRequest,
): HttpResponse | undefined {
  const { path } = splitUrl(url);
  if (method === 'POST' && path === REPLIES) return repliedTo(reply, body);
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  if (path === `${INBOX}.json`) return json(200, inbox.all(), { 'cache-control': 'no-store' });
  if (path === INBOX) return html(pageOf(inbox.all()), POLICY_OF_PAGE);
  const [, index] = MAIL_PATH.exec(path) ?? [];
  const mail = index === undefined ? undefined : inbox.all()[Number(index)];
  return mail?.html == null ? undefined : html(mail.html, POLICY_OF_MAIL);
}

function repliedTo(reply: Providers['reply'], body: Buffer): HttpResponse {
  const form = new URLSearchParams(body.toString());
  const isReply = reply(form.get('to') ?? '', form.get('text') ?? '');
  if (!isReply) return message(404, 'This number has not received an SMS since the start.');
  return { status: 303, headers: { location: INBOX }, body: Buffer.alloc(0) };
}

function html(text: string, policy: string): HttpResponse {
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    body: Buffer.from(text),
  };
}

function pageOf(messages: readonly InboxMessage[]): string {
  const shown = messages.map(messageOf).reverse();
  return `<!DOCTYPE html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Inbox</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <main>
      <h1>Inbox</h1>
      <p>Messages to patients and owners from this stack, newest first. Nothing leaves this machine.</p>
      ${shown.join('\n') || '<p>No messages yet.</p>'}
    </main>
  </body>
</html>
`;
}

function messageOf({ channel, to, subject, text, html: mail, at }: InboxMessage, index: number): string {
  const about = `<p class="about">${channel === 'sms' ? 'SMS' : 'E-mail'} to ${escaped(to)}, <time datetime="${escaped(at)}">${escaped(at)}</time></p>`;
  if (channel === 'sms')
    return `<article>${about}<p class="sms">${escaped(text)}</p>${replyForm(to)}</article>`;
  const title = escaped(subject ?? '');
  const frame =
    mail === null
      ? ''
      : `<iframe title="${title}" src="${INBOX}/mail/${index}" sandbox="allow-popups"></iframe>`;
  return `<article>${about}<h2>${title}</h2>${frame}<details><summary>As text</summary><pre>${escaped(text)}</pre></details></article>`;
}

function replyForm(to: string): string {
  return `<form method="post" action="${REPLIES}"><input type="hidden" name="to" value="${escaped(to)}">
    <label>Reply <input name="text" value="STOP" required maxlength="160"></label> <button>Send</button></form>`;
}

const STYLE = `
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 42rem; margin: 2rem auto; padding: 0 1rem; }
  article { border: 1px solid GrayText; border-radius: 8px; padding: 1rem; margin: 1rem 0; }
  h2 { font-size: 1.1rem; margin: 0 0 .5rem; }
  .about { margin: 0 0 .5rem; opacity: .8; }
  .sms { white-space: pre-wrap; max-width: 24rem; margin: 0; padding: .5rem 1rem; border-radius: 16px; background: #0b7a3b; color: #fff; overflow-wrap: anywhere; }
  iframe { width: 100%; height: 40rem; border: 1px solid GrayText; background: #fff; }
  pre { white-space: pre-wrap; overflow-wrap: anywhere; }
`;

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

import { escapeHtml } from '../../../core/email/escape-html.ts';
import { dollars } from '../../../operations/prices/prices.ts';
import type { ConfiguredMessages } from '../lib/templates/configured-messages.ts';
import type { MessagePreview } from '../lib/templates/message-previews.ts';
import { everythingKnown, littleKnown } from '../lib/templates/sample-messages.ts';
import { renderEmail } from '../templates/render.ts';

/** A page with every message in every language, as invented patients would get it. */
export function previewPage(configured: ConfiguredMessages): string {
  const { languages, messages } = configured.previews;
  const sections = languages.map(({ tag, name }) => {
    const shown = messages.filter(({ language }) => language === tag);
    const title = `<h2 id="${tag}" lang="${tag}">${escapeHtml(name)}</h2>`;
    return [title, ...shown.map((message) => previewOf(message, configured))].join('\n');
  });
  const links = languages.map(({ tag, name }) => `<a href="#${tag}" lang="${tag}">${escapeHtml(name)}</a>`);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Messages to patients</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<h1>Messages to patients</h1>
<p>Each message for two sample patients: one with all details known, and one with only ids
known, so that every fallback shows. Read them aloud.</p>
<nav aria-label="Languages">${links.join(' ')}</nav>
</header>
<main>
${sections.join('\n')}
</main>
</body>
</html>
`;
}

const KNOWN = { everything: 'everything is known', little: 'only IDs are known' };

function previewOf(message: MessagePreview, { templates, settings }: ConfiguredMessages): string {
  const { template, language, known, sms, email } = message;
  const fields = known === 'everything' ? everythingKnown(settings) : littleKnown(settings);
  const { html } = renderEmail(templates, { template, language }, fields);
  const name = `${language}, ${template}, ${KNOWN[known]}`;
  return `<section aria-label="${escapeHtml(name)}">
<h3>${escapeHtml(template)} <small>${KNOWN[known]}</small></h3>
<div class="sms"><p class="bubble" lang="${email.language}">${escapeHtml(sms.text)}</p><p class="about">${escapeHtml(lengthOf(sms))}</p></div>
<div class="mail"><p class="about" lang="${email.language}"><b>${escapeHtml(email.subject)}</b><br>${escapeHtml(email.preview)}</p>
<iframe title="E-mail: ${escapeHtml(name)}" srcdoc="${escapeHtml(html)}"></iframe>
<details><summary>As text</summary><pre lang="${email.language}">${escapeHtml(email.text)}</pre></details></div>
</section>`;
}

/** How long an SMS is, and what it costs to send. */
function lengthOf({ characters, parts, expensiveCharacters }: MessagePreview['sms']): string {
  const cost = (dollars('smsPart', parts) + dollars('smsCarrierFee', parts)).toFixed(3);
  const counted = `${characters} characters, ${parts === 1 ? '1 part' : `${parts} parts`}, about $${cost}`;
  if (expensiveCharacters.length === 0) return counted;
  return `${counted}. A part holds 70 instead of 160 characters because of ${expensiveCharacters.join(' ')}`;
}

/** The width of the columns is that of a phone. */
const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; padding: 16px; max-width: 48rem; }
h2 { margin-top: 3rem; border-top: 2px solid; padding-top: 1rem; }
section { display: flex; flex-wrap: wrap; gap: 24px; margin-bottom: 2rem; }
h3 { width: 100%; margin: 1rem 0 0; }
small { font-weight: normal; }
nav a { margin-right: 1rem; color: inherit; }
.sms { width: 280px; }
.mail { width: 360px; max-width: 100%; }
.bubble { margin: 0; padding: 10px 14px; border-radius: 18px; background: #e9e9eb; color: #000; overflow-wrap: anywhere; }
.about { font-size: 14px; margin: 8px 0; }
iframe { width: 100%; height: 700px; border: 1px solid GrayText; border-radius: 12px; box-sizing: border-box; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
`;

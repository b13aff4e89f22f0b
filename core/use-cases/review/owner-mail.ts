import type { Instant } from '../../domain/instant.ts';
import type { OwnedItem } from '../../domain/worklist/owner-list.ts';
import { escapeHtml } from '../../email/escape-html.ts';
import { dueText, STAGE_WORDS, wordsFor } from './operator-mail.ts';

/** A mail, as text and as HTML. */
export interface OwnerMailContent {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** How many transactions a mail lists. */
const MAX_LISTED = 100;

const HEADINGS: Readonly<Record<OwnedItem['group'], string>> = {
  critical: 'Unacknowledged critical results',
  overdue: 'Overdue',
  today: 'Follow-ups today',
  decision: 'Decisions needed',
  open: 'Open redraws',
};

interface Group {
  readonly heading: string;
  readonly entries: readonly { readonly link: string; readonly text: string }[];
}

/**
 * The daily mail to an owner, who has at least one item. It holds counts, stages, times and links, because it leaves the account.
 *
 * @param items the most urgent first
 * @param dashboardUrl without a slash at the end
 */
export function ownerMail(items: readonly OwnedItem[], now: Instant, dashboardUrl: string): OwnerMailContent {
  const count = countsOf(items);
  const groups = groupsOf(items.slice(0, MAX_LISTED), now, dashboardUrl);
  const left = items.length - MAX_LISTED;
  const all = `${dashboardUrl}/?show=mine`;
  const more = `${left > 0 ? `… and ${left} more. ` : ''}All your open redraws:`;
  const lines = groups.flatMap(({ heading, entries }) => [
    `${heading}:`,
    '',
    ...entries.flatMap(({ link, text }) => [`- ${text}`, `  ${link}`]),
    '',
  ]);
  const sections = groups.map(({ heading, entries }) => {
    const listed = entries.map(
      ({ link, text }) => `<li><a href="${escapeHtml(link)}">${escapeHtml(text)}</a></li>`,
    );
    return `<h2>${escapeHtml(heading)}</h2>\n<ul>\n${listed.join('\n')}\n</ul>`;
  });
  return {
    subject: `Assigned to you: ${count}`,
    text: [`Assigned to you: ${count}.`, '', ...lines, more, all, ''].join('\n'),
    html: `<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Assigned to you</title></head>
<body style="font-family: sans-serif">
<p>Assigned to you: ${escapeHtml(count)}.</p>
${sections.join('\n')}
<p>${escapeHtml(more)} <a href="${escapeHtml(all)}">${escapeHtml(all)}</a></p>
</body>
</html>
`,
  };
}

/** `1 critical result, 2 overdue, 5 in all`: the counts that make the reader act, and the number of all. */
function countsOf(items: readonly OwnedItem[]): string {
  const count = (group: OwnedItem['group']) => items.filter((item) => item.group === group).length;
  const [critical, overdue, today] = [count('critical'), count('overdue'), count('today')];
  return [
    ...(critical > 0 ? [`${critical} critical ${critical === 1 ? 'result' : 'results'}`] : []),
    ...(overdue > 0 ? [`${overdue} overdue`] : []),
    ...(today > 0 ? [`${today} to follow up`] : []),
    `${items.length} in total`,
  ].join(', ');
}

function groupsOf(items: readonly OwnedItem[], now: Instant, dashboardUrl: string): Group[] {
  const names = [...new Set(items.map(({ group }) => group))];
  return names.map((name) => ({
    heading: HEADINGS[name],
    entries: items
      .filter(({ group }) => group === name)
      .map((item) => ({
        link: `${dashboardUrl}/transactions/${encodeURIComponent(item.transaction_id)}`,
        text: textOf(item, now),
      })),
  }));
}

/** What identifies the transaction is in the link only. */
function textOf({ group, stage, due_at }: OwnedItem, now: Instant): string {
  if (stage === null) return group === 'critical' ? 'a critical result to acknowledge' : 'a decision to make';
  const state = wordsFor(STAGE_WORDS, stage);
  return due_at === null ? state : `${state}; ${dueText(due_at, now)}`;
}

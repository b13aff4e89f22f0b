import type { Cost } from '../comparison/comparison.ts';
import { barsPicture } from './bars.ts';
import type { Theme } from './themes.ts';

/** A bar for each peer: its requests to the database and to a queue for a webhook, and its write units. */
export function costPicture({ peers, units }: Cost, theme: Theme): string {
  const rows = peers.flatMap(({ name, title }) => {
    const found = units.find(({ peer }) => peer === name);
    if (!found || name === 'postgresql') return [];
    const { answered, afterwards, queueRequests } = found;
    const values = [answered.requests, afterwards.requests, queueRequests];
    return [
      {
        title,
        isOurs: name === 'redraw-tracker',
        values,
        label: values.reduce((sum, value) => sum + value, 0).toFixed(1),
        isLabelGood: false,
        note: (answered.writeUnits + afterwards.writeUnits).toFixed(1),
        isNoteGood: false,
      },
    ];
  });
  const parts = ['until the webhook is answered', 'until its transaction shows it', 'to the queue'];
  return barsPicture(
    {
      title: 'Requests for a webhook',
      parts: parts.map((name, index) => ({
        name,
        colour: theme.parts[[3, 2, 5][index] ?? 0] ?? theme.quiet,
      })),
      rows,
      noteHeading: ['write units,', 'indexes included'],
      description: rows.map(({ title, label }) => `${title}: ${label} requests`).join('; '),
    },
    theme,
  );
}

import { useQueryClient } from '@tanstack/react-query';
import type { Note, Transaction } from '../api/answers.ts';
import type { Redraws } from '../api/queries.ts';
import { usePerson } from '../session/session-context.tsx';

/** The names seen on this page as owners or actors, the user first. */
export function useKnownNames(): readonly string[] {
  const client = useQueryClient();
  const { name } = usePerson();
  const rows = client.getQueryData<Redraws>(['redraws'])?.transactions ?? [];
  const histories = client.getQueriesData<readonly Note[]>({ queryKey: ['notes'] });
  const seen = [...rows.flatMap(namesIn), ...histories.flatMap(([, notes]) => notes?.flatMap(namesOf) ?? [])];
  const others = [...new Set(seen)].filter((one) => one.toLowerCase() !== name.toLowerCase());
  return [name, ...others.sort((one, other) => one.localeCompare(other, 'en'))];
}

function namesIn({ assignment, redraw }: Transaction): string[] {
  return [assignment?.assignee, redraw?.acknowledgement?.by].filter((one) => one !== undefined);
}

function namesOf({ assignee, by }: Note): string[] {
  return assignee === null ? [by] : [assignee, by];
}

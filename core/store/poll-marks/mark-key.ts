import { itemKey } from '../table-layout.ts';

/** The key of a task's mark; with several teams, of a task that is done for each, that of one team. */
export const markKey = (
  task:
    | 'updates'
    | 'draws'
    | 'reviews'
    | 'restore'
    | 'subscribers'
    | 'clocks'
    | 'watching'
    | 'import'
    | 'load',
  team: string | null = null,
) => {
  const key = itemKey('MARK', task);
  return team === null ? key : { ...key, sk: `${key.sk}#${team}` };
};

import { type Pause, retryOnConflict } from '../concurrency/retry.ts';
import type { Instant } from '../domain/instant.ts';
import { RequestRefused } from '../domain/request-refused.ts';
import { isSharedAddress, MAX_VIEWS, type SharedView } from '../domain/worklist/shared-view.ts';
import { readViews, writeViews } from '../store/shared-views.ts';
import { type Actor, instantOf } from './handling/change-transaction.ts';
import type { TeamContext } from './team-visibility.ts';

class ViewConflict extends RequestRefused {
  override readonly name = 'ViewConflict';
  override readonly kind = 'conflict';
}

class ViewOfPatient extends RequestRefused {
  override readonly name = 'ViewOfPatient';
  override readonly kind = 'invalid';

  constructor() {
    super('A shared view filters by properties, not by a patient, an ID or any text.');
  }
}

interface ViewContext extends TeamContext {
  readonly pause: Pause;
}

export interface ViewRequest extends Actor {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  /** The time of the version to replace; null for a new view. */
  readonly replaces: Instant | null;
}

/**
 * Shares a view with the team, or replaces the version that the reader saw. Repeating a request changes nothing.
 *
 * @throws ViewOfPatient
 * @throws ViewConflict if somebody else has changed it, the name is taken, or there are too many
 */
export async function saveView(context: ViewContext, request: ViewRequest, now: Date): Promise<SharedView> {
  const { id, name, address, by, caller, replaces } = request;
  if (!isSharedAddress(address)) throw new ViewOfPatient();
  const saved = { id, name, address, by, at: instantOf(now), caller };
  return changeViews(context, (views) => {
    const known = views.find((view) => view.id === id);
    if (known && known.by === by && known.name === name && known.address === address) return [known, views];
    if ((known?.at ?? null) !== replaces) throw new ViewConflict(changedText(known));
    const others = views.filter((view) => view.id !== id);
    if (others.some((view) => view.name.toLowerCase() === name.toLowerCase()))
      throw new ViewConflict('Another view has this name.');
    if (others.length >= MAX_VIEWS)
      throw new ViewConflict(`There are ${MAX_VIEWS} views already. Delete one first.`);
    return [saved, [...others, saved]];
  });
}

/**
 * Deletes a view as the reader saw it. Anyone may; the audit trail says who did.
 *
 * @throws ViewConflict if somebody else has changed it
 */
export function deleteView(context: ViewContext, id: string, seenAt: Instant): Promise<SharedView | null> {
  return changeViews(context, (views) => {
    const known = views.find((view) => view.id === id);
    if (!known) return [null, views];
    if (known.at !== seenAt) throw new ViewConflict(changedText(known));
    return [known, views.filter((view) => view !== known)];
  });
}

function changedText(known: SharedView | undefined): string {
  return known ? `${known.by} saved this view at ${known.at}.` : 'This view was deleted.';
}

/** Nothing is written if the views stay the same. */
async function changeViews<Answer>(
  { table, teamId, pause }: ViewContext,
  change: (views: readonly SharedView[]) => readonly [Answer, readonly SharedView[]],
): Promise<Answer> {
  const done: Answer[] = [];
  await retryOnConflict(pause, async () => {
    const { views, read } = await readViews(table, teamId);
    const [answer, changed] = change(views);
    done[0] = answer;
    return changed === views || (await writeViews(table, teamId, changed, read)) ? 'written' : 'conflict';
  });
  return done[0] as Answer;
}

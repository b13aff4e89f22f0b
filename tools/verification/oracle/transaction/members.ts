/** The orders of one transaction: state-model.md, "The orders of a transaction". */

import type { Record } from '../order-truth.ts';
import type { Entry } from '../reading/facts.ts';
import { compareText, latest } from '../reading/fold.ts';
import { classOf, type OrderClass, type Status, showsAny, splitStatus, stage } from '../reading/lifecycle.ts';

export interface Member {
  id: string;
  own: Record;
  heard: Entry[];
  status: Status;
  /** Why it has that status, if its own events say so. */
  statusDetail: string | null;
  class: OrderClass;
  origin: string | null;
  parentId: string | null;
  createdAt: string | null;
  /** When it last became redraw_available, by its own events or else by what is heard of it. */
  availableAt: string | null;
  /** When the lab last reported results, partial or final, in the same way. */
  reportedAt: string | null;
}

export function membersOf(records: Record[]): Member[] {
  const said = records.flatMap((record) => record.entries);
  const members = records.map((own) => {
    const { id, origin, parent_id, created_at } = own.order;
    const heard = said.filter((entry) => entry.id === id);
    const { status, isOwn } = joinedStatus(own, heard);
    return {
      id,
      own,
      heard,
      status,
      statusDetail: isOwn ? own.order.status_detail : null,
      class: classOf(status),
      origin: origin ?? lastHeard(heard, (entry) => entry.origin),
      parentId: parent_id ?? lastHeard(heard, (entry) => entry.parentId),
      createdAt: created_at ?? lastHeard(heard, (entry) => entry.createdAt),
      availableAt: lastIn(saysAvailable, own, heard),
      reportedAt: lastIn(saysResults, own, heard),
    };
  });
  return members.sort(
    (a, b) => compareText(a.createdAt ?? '~', b.createdAt ?? '~') || compareText(a.id, b.id),
  );
}

function joinedStatus(own: Record, heard: Entry[]): { status: Status; isOwn: boolean } {
  // An entry without a status reports no status, even if it has a time.
  const claims = heard
    .filter((entry) => entry.low !== null)
    .map((entry) => ({ status: { high: null, low: entry.low, at: entry.at } as Status, own: 0 }));
  if ((own.status.low ?? own.status.high) !== null) claims.push({ status: own.status, own: 1 });
  claims.sort(
    (a, b) =>
      compareText(a.status.at ?? '', b.status.at ?? '') ||
      stage(a.status.low) - stage(b.status.low) ||
      a.own - b.own ||
      compareText(a.status.low ?? '', b.status.low ?? ''),
  );
  const last = claims.at(-1);
  return { status: last?.status ?? { high: null, low: null, at: null }, isOwn: last?.own === 1 };
}

type Kind = (status: { high: string | null; low: string | null }) => boolean;

const saysAvailable: Kind = ({ low }) => low === 'redraw_available';
const saysResults: Kind = (status) =>
  showsAny(status.low ?? '', 'draw and results') || 'CR'.includes(classOf(status));

/** The last time in a status of this kind, by its own events or else by what is heard, which has no high level. */
function lastIn(isOfKind: Kind, { events }: Record, heard: Entry[]): string | null {
  const own = events.filter(({ status }) => isOfKind(splitStatus(status)));
  const told = heard.filter(({ low }) => low !== null && isOfKind({ high: null, low }));
  return latest(own.map(({ at }) => at)) || latest(told.flatMap(({ at }) => at ?? [])) || null;
}

function lastHeard(heard: Entry[], field: (entry: Entry) => string | null): string | null {
  const saying = heard.flatMap((entry) => {
    const text = field(entry);
    return text === null ? [] : [{ at: entry.at ?? '', text }];
  });
  saying.sort((a, b) => compareText(a.at, b.at) || compareText(a.text, b.text));
  return saying.at(-1)?.text ?? null;
}

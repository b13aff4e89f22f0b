/** The orders that fill the slots: state-model.md, "Slots". */
import type { Member } from './members.ts';

export interface Slots {
  initial: Member | null;
  redraw: Member | null;
  /** The order in the initial slot and every order that it replaced. */
  initialChain: Member[];
  secondInitial: Member | null;
  secondRedraw: Member | null;
  unknownOrigin: Member[];
}

/** A redraw of the old kind: the initial order itself was redrawn and completed, and there is no other order for it. */
export function isSingleOrder({ initial, redraw }: Slots): boolean {
  return redraw === null && initial?.class === 'C' && initial.availableAt !== null;
}

type Role = 'initial' | 'redraw' | 'recreation';
type Roles = Map<Member, Role>;
type Replacements = Map<Member, Member[]>;

export function slotsOf(members: Member[]): Slots {
  const roles: Roles = new Map();
  giveRolesByOrigin(members, roles);
  const unknownOrigin = giveRolesToTheRest(members, roles);
  const replacedBy = replacements(members, roles);

  const initials = members.filter((member) => roles.get(member) === 'initial');
  const redraws = members.filter((member) => roles.get(member) === 'redraw');
  // Recreations that name each other in a cycle fill no slot. Then the first order is the initial one.
  if (initials.length + redraws.length === 0) initials.push(...members.slice(0, 1));
  const initialChain = chain(initials.at(-1), replacedBy);
  return {
    initial: initialChain.at(-1) ?? null,
    redraw: chain(redraws.at(-1), replacedBy).at(-1) ?? null,
    initialChain,
    secondInitial: initials.length > 1 ? (initials.at(-1) ?? null) : null,
    secondRedraw: redraws.length > 1 ? (redraws.at(-1) ?? null) : null,
    unknownOrigin,
  };
}

function giveRolesByOrigin(members: Member[], roles: Roles): void {
  for (const member of members) {
    const { origin } = member;
    const parent = parentOf(member, members);
    if (origin === 'initial' || origin === 'redraw' || origin === 'recreation') roles.set(member, origin);
    else if (parent) roles.set(member, parent.class === 'R' ? 'redraw' : 'recreation');
  }
}

/** Gives a role to the orders without any information, and reports the ones that are guesses. */
function giveRolesToTheRest(members: Member[], roles: Roles): Member[] {
  const left = members.filter((member) => !roles.has(member));
  const initialKnown = members.some((member) => member.origin === 'initial');
  const initial = initialKnown ? undefined : left.shift();
  if (initial) roles.set(initial, 'initial');
  for (const member of left) roles.set(member, 'redraw');
  return left;
}

function replacements(members: Member[], roles: Roles): Replacements {
  const replacedBy: Replacements = new Map();
  for (const member of members) {
    if (roles.get(member) !== 'recreation') continue;
    const before = members.slice(0, members.indexOf(member));
    const replaced =
      parentOf(member, members) ?? before.findLast((earlier) => roles.get(earlier) !== 'recreation');
    if (replaced) replacedBy.set(replaced, [...(replacedBy.get(replaced) ?? []), member]);
    else roles.set(member, 'initial');
  }
  return replacedBy;
}

function parentOf(member: Member, members: Member[]): Member | undefined {
  return members.find((other) => other.id === member.parentId && other !== member);
}

function chain(start: Member | undefined, replacedBy: Replacements): Member[] {
  const visited: Member[] = [];
  for (let at = start; at && !visited.includes(at); at = replacedBy.get(at)?.at(-1)) visited.push(at);
  return visited;
}

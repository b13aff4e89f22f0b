import type { Caller } from '../core/domain/caller.ts';

/** A program that asks as itself. */
export const PROGRAM: Caller = { subject: 'program', client_id: 'program', name: null };

/** A person at the dashboard. */
export function person(name: string): Caller {
  return { subject: `sub-of-${name}`, client_id: 'dashboard', name };
}

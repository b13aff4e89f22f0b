import type { Caller } from '../caller.ts';
import type { Instant } from '../instant.ts';

/** A list, a filter and a sort order of the worklist, under a name that the whole team sees. */
export interface SharedView {
  readonly id: string;
  readonly name: string;
  /** The query of its address: `show=mine&f=lab%3DQuest`. */
  readonly address: string;
  readonly by: string;
  readonly at: Instant;
  readonly caller: Caller;
}

/** At most this many views, so that they fit in one item and in one menu. */
export const MAX_VIEWS = 30;
export const MAX_VIEW_NAME = 60;
export const MAX_VIEW_ADDRESS = 1_000;

const PARAMETERS = new Set(['show', 'f', 'match', 'sort']);
/** What can be said about rows of many patients. Filters by patient, ID or any text could name one. */
const FILTERS = /^(type|due|stage|test|lab|modality|markers|owner|reached|expected)(!=|!:|<=|>=|<|>|=|:).+$/s;

/** Whether a view can be shared: it says nothing about a single patient. */
export function isSharedAddress(address: string): boolean {
  return [...new URLSearchParams(address)].every(
    ([name, value]) => PARAMETERS.has(name) && (name !== 'f' || FILTERS.test(value)),
  );
}

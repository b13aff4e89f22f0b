const UNFINISHED_STATES = ['expected', 'in_progress'] as const;
const ENDED_STATES = ['completed', 'cancelled', 'failed'] as const;

export type EndedRedrawState = (typeof ENDED_STATES)[number];
export type RedrawState = (typeof UNFINISHED_STATES)[number] | EndedRedrawState;

/** The states of a redraw that the API shows: one flagged as stale has a state of its own. */
export const SHOWN_REDRAW_STATES = [...UNFINISHED_STATES, 'stale', ...ENDED_STATES] as const;
export type ShownRedrawState = (typeof SHOWN_REDRAW_STATES)[number];

/** Which redraws a list or a review holds: all that are open, or only those flagged as stale. */
export const REDRAW_SCOPES = ['open', 'stale'] as const;
export type RedrawScope = (typeof REDRAW_SCOPES)[number];

/** The name under which the API counts all but the first markers of a redraw. */
const OTHER_MARKERS = 'other markers';

/** What the list of a group shows. */
export const LISTS: Readonly<Record<string, string>> = {
  lab: 'all its redraws, in any period',
  test: 'all its redraws, in any period',
  marker: 'the open redraws that are missing it',
};

/**
 * The list with the redraws of a group, in any period: of a lab or test all, of a marker the open ones, because only
 * the worklist finds markers. Null for a group that no list can be filtered by.
 */
export function listOf(by: string, name: string | null): string | null {
  if (name === null) return null;
  if (by === 'lab' || by === 'test') {
    return `/orders?${new URLSearchParams({ tag: 'redraw_available', [by]: name })}`;
  }
  return by === 'marker' && name !== OTHER_MARKERS
    ? `/?${new URLSearchParams({ f: `markers:${name}` })}`
    : null;
}

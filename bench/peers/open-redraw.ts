/** Whether a redraw in this state, in the words of our API, still waits for somebody. */
export function isOpen(state: string): boolean {
  return ['expected', 'in_progress', 'stale'].includes(state);
}

/** Whether a redraw in this state of our API still needs action. */
export function isOpen(state: string): boolean {
  return ['expected', 'in_progress', 'stale'].includes(state);
}

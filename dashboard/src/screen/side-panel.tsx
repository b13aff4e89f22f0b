import { type ReactNode, useEffect, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';

/** The panel beside the page. The layout shows it, and the page fills it. */
interface Panel {
  readonly header: string;
  readonly close: () => void;
}

let shown: Panel | null = null;
let place: HTMLElement | null = null;
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function change(panel: Panel | null): void {
  shown = panel;
  for (const listener of listeners) listener();
}

/** For the layout: the panel that a page wants; null for none. */
export const useShownPanel = (): Panel | null => useSyncExternalStore(subscribe, () => shown);

/** For the layout: where the content of the panel goes. */
export function setPanelPlace(element: HTMLElement | null): void {
  place = element;
  for (const listener of listeners) listener();
}

interface SidePanelProps {
  readonly header: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Shows its content in the panel beside the page, as long as it is rendered. */
export function SidePanel({ header, onClose, children }: SidePanelProps) {
  const element = useSyncExternalStore(subscribe, () => place);
  useEffect(() => change({ header, close: onClose }));
  useEffect(() => () => change(null), []);
  return element && createPortal(children, element);
}

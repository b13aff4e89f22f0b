import { applyDensity, applyMode, Density, Mode } from '@cloudscape-design/global-styles';
import { useSyncExternalStore } from 'react';

/** `system` follows the user's setting as it changes. */
export type Appearance = 'system' | 'light' | 'dark';

const KEY = 'appearance';
const prefersDark = matchMedia('(prefers-color-scheme: dark)');
const printing = matchMedia('print');
const listeners = new Set<() => void>();

function chosen(): Appearance {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function applyAppearance(): void {
  const appearance = chosen();
  // Paper is light.
  const dark =
    !printing.matches && (appearance === 'dark' || (appearance === 'system' && prefersDark.matches));
  applyMode(dark ? Mode.Dark : Mode.Light);
  applyDensity(Density.Compact);
  document.documentElement.style.colorScheme = dark ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

prefersDark.addEventListener('change', applyAppearance);
printing.addEventListener('change', applyAppearance);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useAppearance(): [Appearance, (appearance: Appearance) => void] {
  const choose = (appearance: Appearance) => {
    if (appearance === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, appearance);
    applyAppearance();
  };
  return [useSyncExternalStore(subscribe, chosen), choose];
}

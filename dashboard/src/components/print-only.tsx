import type { ReactNode } from 'react';
import { usePrinting } from '../shell/printing/use-printing.ts';

/** What is on paper in place of something that has to be opened on the screen. */
export function PrintOnly({ children }: { children: ReactNode }) {
  return usePrinting() ? children : null;
}

import type { ReactNode } from 'react';
import { usePrinting } from '../screen/use-printing.ts';

/** Content printed in place of something that must be opened on screen. */
export function PrintOnly({ children }: { children: ReactNode }) {
  return usePrinting() ? children : null;
}

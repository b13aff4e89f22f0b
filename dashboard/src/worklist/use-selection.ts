import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { useHistoryState } from 'wouter/use-browser-location';

/** Comes with the address of the worklist: the redraws to select. */
export interface Selecting {
  readonly select: readonly string[];
}

/** The selected redraws, by ID. */
export function useSelection() {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const wanted = useHistoryState<Partial<Selecting> | null>()?.select;
  const [, navigate] = useLocation();
  useEffect(() => {
    if (!wanted) return;
    setChosen(new Set(wanted));
    // A reload or a way back must not select them again.
    navigate(location.pathname + location.search, { replace: true, state: null });
  }, [wanted, navigate]);
  return [chosen, setChosen] as const;
}

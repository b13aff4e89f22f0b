import { useSyncExternalStore } from 'react';
import { usePerson } from '../session/session-context.tsx';
import type { ResultSource } from './result-source.ts';

/** Which results a person has opened in this browser, by transaction and time of the report. No value is kept. */
type Opened = Readonly<Record<string, string>>;

/** More than anyone needs; the oldest entries are dropped. */
const MAX_KEPT = 2_000;
const UNKNOWN = '-';
const listeners = new Set<() => void>();

const keyOf = (person: string) => `results-opened:${person}`;

function textOf(person: string): string {
  try {
    return localStorage.getItem(keyOf(person)) ?? '{}';
  } catch {
    // Storage is switched off.
    return '{}';
  }
}

function openedIn(text: string): Opened {
  try {
    const read: unknown = JSON.parse(text);
    return typeof read === 'object' && read !== null ? (read as Opened) : {};
  } catch {
    return {};
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    removeEventListener('storage', listener);
  };
}

interface ReadResults {
  /** Whether the person has opened the newest report of these results in this browser. */
  readonly isRead: (source: Pick<ResultSource, 'transactionId' | 'reportedAt'>) => boolean;
  readonly markRead: (source: Pick<ResultSource, 'transactionId' | 'reportedAt'>) => void;
}

export function useReadResults(): ReadResults {
  const { subject } = usePerson();
  const text = useSyncExternalStore(subscribe, () => textOf(subject));
  const opened = openedIn(text);
  return {
    isRead: ({ transactionId, reportedAt }) => (opened[transactionId] ?? '') >= (reportedAt ?? UNKNOWN),
    markRead: ({ transactionId, reportedAt }) => {
      const { [transactionId]: _, ...others } = openedIn(textOf(subject));
      const kept = Object.entries(others).slice(1 - MAX_KEPT);
      try {
        localStorage.setItem(
          keyOf(subject),
          JSON.stringify(Object.fromEntries([...kept, [transactionId, reportedAt ?? UNKNOWN]])),
        );
      } catch {
        return;
      }
      for (const listener of listeners) listener();
    },
  };
}

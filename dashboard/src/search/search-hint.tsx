import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';
import { SetUpIfSilent } from '../components/set-up.tsx';

interface SearchHintProps {
  readonly header: string;
  /** What the API says about the query, if it says something. */
  readonly hint?: string | null;
  readonly children?: ReactNode;
}

/** What to search for, when there is no query or no match. */
export function SearchHint({ header, hint, children }: SearchHintProps) {
  return (
    <Box padding={{ vertical: 'xxl' }} textAlign="center">
      <Box variant="h1">{header}</Box>
      {children}
      <Box variant="p" color="text-body-secondary">
        {hint ??
          'Search by transaction, order, user or client user ID. The first eight characters are enough.'}
      </Box>
      <Box variant="p" color="text-body-secondary">
        <SetUpIfSilent />
      </Box>
    </Box>
  );
}

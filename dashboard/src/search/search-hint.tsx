import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';

/** What to search for, when there is no query or no match. */
export function SearchHint({ header, children }: { header: string; children?: ReactNode }) {
  return (
    <Box padding={{ vertical: 'xxl' }} textAlign="center">
      <Box variant="h1">{header}</Box>
      {children}
      <Box variant="p" color="text-body-secondary">
        Search by transaction, order, user or client user ID. Enter the complete ID.
      </Box>
    </Box>
  );
}

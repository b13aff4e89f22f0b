import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';

/** What can be searched for, where nothing was found or nothing asked. */
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

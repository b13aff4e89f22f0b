import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';

/** What can be searched for, where nothing was found or nothing asked. */
export function SearchHint({ header, children }: { header: string; children?: ReactNode }) {
  return (
    <Box padding={{ vertical: 'xxl' }} textAlign="center">
      <Box variant="h1">{header}</Box>
      {children}
      <Box variant="p" color="text-body-secondary">
        The search takes the id of a transaction, an order or a user, or your own id of a user. It has to be
        the whole id.
      </Box>
    </Box>
  );
}

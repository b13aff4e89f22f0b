import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';

/** What a list shows without entries, and what to do about it. */
export function EmptyState({ header, children }: { header: ReactNode; children: ReactNode }) {
  return (
    <Box textAlign="center" padding={{ vertical: 'l' }}>
      <SpaceBetween size="xs">
        <Box variant="strong">{header}</Box>
        <Box color="text-body-secondary">{children}</Box>
      </SpaceBetween>
    </Box>
  );
}
